SELECT p.id AS "key", CONCAT_WS('-', NULLIF(n.area_code, ''), NULLIF(n.prefix, ''), NULLIF(n.number, '')) AS value
FROM pharmacies AS p JOIN phone_numbers AS n ON n.foreign_id = p.id AND n.type = 2
