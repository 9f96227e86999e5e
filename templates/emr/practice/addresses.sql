SELECT patient_id AS patient, kind AS "use", street AS line, city, state, zip AS postal_code, country
FROM addresses
ORDER BY patient_id, addresses.line
