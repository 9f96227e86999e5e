SELECT v.patient_id AS patient, v.line AS position, k.name AS text, 'http://loinc.org' AS "codes.system", k.loinc AS "codes.code", v.value, k.unit,
       v.taken AS date
FROM vitals AS v LEFT JOIN vital_kinds AS k ON k.id = v.kind_id
{{sqlite ? ORDER BY v.patient_id, v.line}}
