SELECT patient_id AS patient, line AS position, kind AS "use", script, prefix, given, family, suffix, whole AS text
FROM patient_names
{{sqlite ? ORDER BY patient_id, line}}
