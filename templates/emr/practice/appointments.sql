SELECT a.patient_id AS patient, a.line AS position, a.kind AS text, a.status, a.starts AS start, a.minutes, s.name AS clinician, a.room AS place,
       a.reason, a.note
FROM appointments AS a LEFT JOIN staff AS s ON s.id = a.staff_id
{{sqlite ? ORDER BY a.patient_id, a.line}}
