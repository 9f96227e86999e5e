SELECT patient_id AS patient, name AS text, CASE WHEN snomed IS NOT NULL THEN 'http://snomed.info/sct' END AS "codes.system",
       snomed AS "codes.code", status, done AS date, site, reason, surgeon AS author, note
FROM procedures
ORDER BY patient_id, line
