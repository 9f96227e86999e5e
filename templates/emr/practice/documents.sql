SELECT d.patient_id AS patient, d.line AS position, d.patient_id * 1000 + d.line AS "key", d.title AS text, d.status, d.filed AS date,
       s.name AS author, d.media_type, d.note, d.file AS path
FROM documents AS d LEFT JOIN staff AS s ON s.id = d.staff_id
{{sqlite ? ORDER BY d.patient_id, d.line}}
