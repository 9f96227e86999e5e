SELECT p.patient_id AS patient, p.line AS position, p.title AS text, p.kind AS category, p.active AS current, p.begun AS recorded,
       p.staff_id AS "author from staff", p.note
FROM plans AS p
{{sqlite ? ORDER BY p.patient_id, p.line}}
