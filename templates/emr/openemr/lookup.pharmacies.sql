SELECT p.id AS "key", p.name AS value FROM pharmacies AS p
