SELECT patient_id AS patient, kind AS "use", script, prefix, given, family, suffix, whole AS text
FROM patient_names
ORDER BY patient_id, line
