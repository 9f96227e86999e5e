SELECT p.pid AS patient, 'email' AS "system", p.email AS value
FROM patient_data AS p
WHERE p.email <> ''
