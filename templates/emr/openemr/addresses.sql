-- requires: contact_address, contact
SELECT c.foreign_id AS patient, a.id AS position, CASE a.status WHEN 'I' THEN 'old' ELSE a.`use` END AS "use",
       CONCAT_WS(', ', NULLIF(p.line1, ''), NULLIF(p.line2, '')) AS line, p.city, p.state, p.zip AS postal_code, p.country
FROM contact_address AS a
JOIN contact AS c ON c.id = a.contact_id AND c.foreign_table_name = 'patient_data'
JOIN addresses AS p ON p.id = a.address_id
