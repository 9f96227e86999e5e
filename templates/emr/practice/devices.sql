SELECT patient_id AS patient, name AS text, udi, status = 'active' AS current, status, implanted AS start, removed AS "end", note
FROM devices
ORDER BY patient_id, line
