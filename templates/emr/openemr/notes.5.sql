-- requires: form_clinical_instructions
SELECT STRAIGHT_JOIN f.pid AS patient, f.id AS position, f.encounter AS visit, 'Instructions' AS text, NULL AS status,
       SUBSTRING_INDEX(IF(YEAR(n.date) > 0, n.date, f.date), ' 00:00:00', 1) AS date, f.user AS "author via staff",
       n.instruction AS body,
       e.sensitivity AS sensitivity
FROM form_clinical_instructions AS n
JOIN forms AS f ON f.form_id = n.id
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'clinical_instructions' AND f.deleted = 0 AND COALESCE(n.activity, 1) <> 0
