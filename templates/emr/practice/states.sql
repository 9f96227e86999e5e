-- Asked and answered: there are none. Medications that were begun later count more than the answer.
SELECT k.patient_id AS patient, k.line AS position, k.chapter AS section, 'known-none' AS state, k.asked AS recorded
FROM nothing_known AS k
WHERE NOT (k.chapter = 'medications' AND EXISTS (SELECT 1 FROM prescriptions AS p WHERE p.patient_id = k.patient_id))
  AND NOT (k.chapter = 'problems' AND EXISTS (SELECT 1 FROM problems AS p WHERE p.patient_id = k.patient_id))
{{sqlite ? ORDER BY k.patient_id, k.line}}
