SELECT p.pid AS patient, p.mothersname AS text, 'mother' AS relationship
FROM patient_data AS p
WHERE p.mothersname <> ''
