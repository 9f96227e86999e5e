SELECT patient_id AS patient, line AS position, name AS text, relationship, emergency, guardian,
       CASE WHEN phone IS NOT NULL THEN 'phone' END AS "telecom.system", phone AS "telecom.value", address, note
FROM related_people
{{sqlite ? ORDER BY patient_id, line}}
