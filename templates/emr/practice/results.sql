SELECT r.patient_id AS patient, r.line AS position, r.test_id AS "text from tests name", 'http://loinc.org' AS "codes.system",
       r.test_id AS "codes.code from tests loinc", r.test_id AS "panel from tests panel", r.value, r.test_id AS "unit from tests unit",
       r.reference AS "range", r.flag, r.status, r.taken AS date, r.reported, r.staff_id AS "author from staff", r.comment AS note
FROM lab_results AS r
{{sqlite ? ORDER BY r.patient_id, r.line}}
