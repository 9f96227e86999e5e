SELECT f.id AS "key", f.name AS value FROM facility AS f
