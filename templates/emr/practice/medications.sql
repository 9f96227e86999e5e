-- What is on hold still is the patient's medication.
SELECT p.patient_id AS patient, p.line AS position, d.name AS text,
       CASE WHEN d.rxnorm IS NOT NULL THEN 'http://www.nlm.nih.gov/research/umls/rxnorm' END AS "codes.system",
       d.rxnorm AS "codes.code", d.generic AS "codes.display", d.brand, d.strength, d.form, p.dose, d.route, p.frequency,
       p.instructions, p.as_needed, p.quantity, p.refills, p.reason, p.status IN ('active', 'on-hold') AS current, p.status,
       p.started AS start, p.ended AS "end", p.staff_id AS "author from staff", p.note
FROM prescriptions AS p LEFT JOIN drugs AS d ON d.id = p.drug_id
{{sqlite ? ORDER BY p.patient_id, p.line}}
