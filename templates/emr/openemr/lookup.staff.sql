SELECT u.username AS "key", COALESCE(NULLIF(CONCAT_WS(' ', NULLIF(u.title, ''), NULLIF(u.fname, ''), NULLIF(u.mname, ''), NULLIF(u.lname, ''), NULLIF(u.suffix, '')), ''),
                                     u.username) AS value
FROM users AS u
WHERE u.username <> ''
