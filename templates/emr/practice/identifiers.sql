SELECT patient_id AS patient, line AS position, label, issuer AS "system", number AS value
FROM patient_numbers
{{sqlite ? ORDER BY patient_id, line}}
