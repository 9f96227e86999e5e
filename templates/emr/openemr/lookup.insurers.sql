SELECT c.id AS "key", c.name AS value FROM insurance_companies AS c
