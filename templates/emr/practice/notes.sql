SELECT n.patient_id AS patient, n.line AS position, n.patient_id * 1000 + n.visit_line AS visit, n.title AS text, n.status, n.written AS date,
       n.staff_id AS "author from staff", n.body
FROM notes AS n
{{sqlite ? ORDER BY n.patient_id, n.line}}
