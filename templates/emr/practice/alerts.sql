SELECT f.patient_id AS patient, f.line AS position, f.flag AS text, f.kind AS category, f.active AS current, f.set_on AS recorded, s.name AS author,
       f.note
FROM flags AS f LEFT JOIN staff AS s ON s.id = f.staff_id
{{sqlite ? ORDER BY f.patient_id, f.line}}
