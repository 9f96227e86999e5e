-- A visit is numbered within its patient; a thousand are enough for a life.
SELECT v.patient_id AS patient, v.line AS position, v.patient_id * 1000 + v.line AS "key", v.kind AS text, v.status, v.started AS start,
       v.ended AS "end", v.reason, v.staff_id AS "clinician from staff", v.room AS place
FROM visits AS v
{{sqlite ? ORDER BY v.patient_id, v.line}}
