SELECT patient_id AS patient, kind AS "system", place AS "use", number AS value
FROM phones
ORDER BY patient_id, line
