SELECT a.patient_id AS patient, a.line AS position, a.kind AS text, a.status, a.starts AS start, a.minutes, a.staff_id AS "clinician from staff", a.room AS place,
       a.reason, a.note
FROM appointments AS a
{{sqlite ? ORDER BY a.patient_id, a.line}}
