SELECT p.pid AS patient, p.providerID AS "text via users", 'primary provider' AS role, p.providerID AS "phone from user_phones",
       1 AS current
FROM patient_data AS p
WHERE p.providerID > 0
