SELECT patient_id AS patient, line AS position, kind AS "system", place AS "use", number AS value
FROM phones
{{sqlite ? ORDER BY patient_id, line}}
