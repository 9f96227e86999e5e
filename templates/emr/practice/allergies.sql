SELECT a.patient_id AS patient, a.line AS position, a.agent AS text,
       CASE WHEN a.rxnorm IS NOT NULL THEN 'http://www.nlm.nih.gov/research/umls/rxnorm' END AS "codes.system",
       a.rxnorm AS "codes.code", a.kind, a.category, a.criticality, a.reaction AS "reactions.text",
       a.severity AS "reactions.severity",
       coalesce(a.status, 'active') = 'active' AND coalesce(a.verification, '') NOT IN ('refuted', 'entered-in-error') AS current,
       a.status, a.verification, a.onset, a.recorded,
       a.staff_id AS "author from staff", a.note
FROM allergies AS a
{{sqlite ? ORDER BY a.patient_id, a.line}}
