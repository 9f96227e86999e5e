SELECT id AS "key", name AS "value" FROM staff
