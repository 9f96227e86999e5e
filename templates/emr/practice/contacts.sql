SELECT patient_id AS patient, name AS text, relationship, emergency, guardian,
       CASE WHEN phone IS NOT NULL THEN 'phone' END AS "telecom.system", phone AS "telecom.value", address, note
FROM related_people
ORDER BY patient_id, line
