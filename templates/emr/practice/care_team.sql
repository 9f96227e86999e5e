SELECT t.patient_id AS patient, t.line AS position, s.name AS text, t.role || ', ' || s.role AS role, s.organization, s.phone, t.active AS current
FROM care_teams AS t LEFT JOIN staff AS s ON s.id = t.staff_id
{{sqlite ? ORDER BY t.patient_id, t.line}}
