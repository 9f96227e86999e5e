SELECT v.patient_id AS patient, v.line AS position, v.kind_id AS "text from vital_kinds name", 'http://loinc.org' AS "codes.system",
       v.kind_id AS "codes.code from vital_kinds loinc", v.value, v.kind_id AS "unit from vital_kinds unit", v.taken AS date
FROM vitals AS v
{{sqlite ? ORDER BY v.patient_id, v.line}}
