-- A visit is numbered within its patient; a thousand are enough for a life.
SELECT v.patient_id AS patient, v.line AS position, v.patient_id * 1000 + v.line AS "key", v.kind AS text, v.status, v.started AS start,
       v.ended AS "end", v.reason, s.name AS clinician, v.room AS place
FROM visits AS v LEFT JOIN staff AS s ON s.id = v.staff_id
{{sqlite ? ORDER BY v.patient_id, v.line}}
