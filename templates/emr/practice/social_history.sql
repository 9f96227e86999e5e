SELECT patient_id AS patient, topic AS text, 'http://loinc.org' AS "codes.system", loinc AS "codes.code", answer AS value,
       asked AS date
FROM social_history
ORDER BY patient_id, line
