-- Former staff and the address book too: charts still name them.
SELECT u.id AS "key", COALESCE(NULLIF(CONCAT_WS(' ', NULLIF(u.title, ''), NULLIF(u.fname, ''), NULLIF(u.mname, ''), NULLIF(u.lname, ''), NULLIF(u.suffix, '')), ''),
                               NULLIF(u.organization, ''), u.username) AS value
FROM users AS u
