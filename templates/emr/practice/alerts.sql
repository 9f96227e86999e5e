SELECT f.patient_id AS patient, f.line AS position, f.flag AS text, f.kind AS category, f.active AS current, f.set_on AS recorded, f.staff_id AS "author from staff",
       f.note
FROM flags AS f
{{sqlite ? ORDER BY f.patient_id, f.line}}
