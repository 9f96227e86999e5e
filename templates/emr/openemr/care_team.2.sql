SELECT p.pid AS patient, p.ref_providerID AS "text via users", 'referring provider' AS role,
       p.ref_providerID AS "phone from user_phones", 1 AS current
FROM patient_data AS p
WHERE p.ref_providerID > 0
