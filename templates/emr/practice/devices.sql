SELECT patient_id AS patient, line AS position, name AS text, udi, status = 'active' AS current, status, implanted AS start, removed AS "end", note
FROM devices
{{sqlite ? ORDER BY patient_id, line}}
