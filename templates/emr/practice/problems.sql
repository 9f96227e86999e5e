SELECT p.patient_id AS patient, p.line AS position, d.name AS text,
       'http://hl7.org/fhir/sid/icd-10-cm' AS "codes.system", d.icd10 AS "codes.code", d.name AS "codes.display",
       CASE WHEN d.snomed IS NOT NULL THEN 'http://snomed.info/sct' END AS "codes.2.system", d.snomed AS "codes.2.code",
       p.severity, coalesce(p.status, CASE WHEN p.resolved IS NULL THEN 'active' END, 'resolved') IN ('active', 'recurrence', 'relapse')
         AND coalesce(p.verification, '') NOT IN ('refuted', 'entered-in-error') AS current, p.status, p.verification, p.onset, p.resolved, p.recorded,
       p.staff_id AS "author from staff", p.note
FROM problems AS p LEFT JOIN diagnoses AS d ON d.id = p.diagnosis_id
{{sqlite ? ORDER BY p.patient_id, p.line}}
