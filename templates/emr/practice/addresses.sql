SELECT patient_id AS patient, addresses.line AS position, kind AS "use", street AS line, city, state, zip AS postal_code, country
FROM addresses
{{sqlite ? ORDER BY patient_id, addresses.line}}
