SELECT d.patient_id AS patient, d.line AS position, d.patient_id * 1000 + d.line AS "key", d.title AS text, d.status, d.filed AS date,
       d.staff_id AS "author from staff", d.media_type, d.note, d.file AS path
FROM documents AS d
{{sqlite ? ORDER BY d.patient_id, d.line}}
