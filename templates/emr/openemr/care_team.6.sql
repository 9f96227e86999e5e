SELECT p.pid AS patient, p.pharmacy_id AS "text via pharmacies", 'pharmacy' AS role, p.pharmacy_id AS "phone from pharmacy_phones",
       1 AS current
FROM patient_data AS p
WHERE p.pharmacy_id > 0
