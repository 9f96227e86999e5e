SELECT f.patient_id AS patient, f.line AS position, f.directive AS text, f.kind AS category, f.active AS current, f.signed_on AS recorded, f.staff_id AS "author from staff",
       f.note
FROM directives AS f
{{sqlite ? ORDER BY f.patient_id, f.line}}
