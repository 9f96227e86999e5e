SELECT patient_id AS patient, label, issuer AS "system", number AS value
FROM patient_numbers
ORDER BY patient_id, line
