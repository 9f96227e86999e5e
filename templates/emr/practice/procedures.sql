SELECT patient_id AS patient, line AS position, name AS text, CASE WHEN snomed IS NOT NULL THEN 'http://snomed.info/sct' END AS "codes.system",
       snomed AS "codes.code", status, done AS date, site, reason, surgeon AS author, note
FROM procedures
{{sqlite ? ORDER BY patient_id, line}}
