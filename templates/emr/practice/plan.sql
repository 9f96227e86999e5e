SELECT p.patient_id AS patient, p.line AS position, p.title AS text, p.kind AS category, p.active AS current, p.begun AS recorded,
       s.name AS author, p.note
FROM plans AS p LEFT JOIN staff AS s ON s.id = p.staff_id
{{sqlite ? ORDER BY p.patient_id, p.line}}
