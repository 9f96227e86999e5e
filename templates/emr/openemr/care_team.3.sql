-- requires: patient_data.care_team
SELECT p.pid AS patient, p.care_team AS "text via users", 'care team' AS role, p.care_team AS "phone from user_phones", 1 AS current
FROM patient_data AS p
WHERE p.care_team > 0
