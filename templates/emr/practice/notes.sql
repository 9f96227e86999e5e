SELECT n.patient_id AS patient, n.line AS position, n.patient_id * 1000 + n.visit_line AS visit, n.title AS text, n.status, n.written AS date,
       s.name AS author, n.body
FROM notes AS n LEFT JOIN staff AS s ON s.id = n.staff_id
{{sqlite ? ORDER BY n.patient_id, n.line}}
