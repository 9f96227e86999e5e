SELECT patient_id AS patient, line AS position, topic AS text, 'http://loinc.org' AS "codes.system", loinc AS "codes.code", answer AS value,
       noted AS date
FROM pregnancies
{{sqlite ? ORDER BY patient_id, line}}
