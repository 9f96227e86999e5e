SELECT r.patient_id AS patient, r.line AS position, t.name AS text, 'http://loinc.org' AS "codes.system", t.loinc AS "codes.code", t.panel,
       r.value, t.unit, r.reference AS "range", r.flag, r.status, r.taken AS date, r.reported, s.name AS author,
       r.comment AS note
FROM lab_results AS r LEFT JOIN tests AS t ON t.id = r.test_id LEFT JOIN staff AS s ON s.id = r.staff_id
{{sqlite ? ORDER BY r.patient_id, r.line}}
