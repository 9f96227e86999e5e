SELECT f.patient_id AS patient, f.line AS position, f.directive AS text, f.kind AS category, f.active AS current, f.signed_on AS recorded, s.name AS author,
       f.note
FROM directives AS f LEFT JOIN staff AS s ON s.id = f.staff_id
{{sqlite ? ORDER BY f.patient_id, f.line}}
