-- Companies and pharmacies take their ids from one sequence; type 2 is the number at work.
SELECT c.id AS "key", CONCAT_WS('-', NULLIF(p.area_code, ''), NULLIF(p.prefix, ''), NULLIF(p.number, '')) AS value
FROM insurance_companies AS c JOIN phone_numbers AS p ON p.foreign_id = c.id AND p.type = 2
