SELECT u.id AS "key", COALESCE(NULLIF(u.phonew1, ''), NULLIF(u.phone, ''), u.phonew2) AS value FROM users AS u
