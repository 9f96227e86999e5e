-- requires: form_clinical_notes.form_id
SELECT STRAIGHT_JOIN f.pid AS patient, n.id AS position, f.encounter AS visit, COALESCE(NULLIF(n.clinical_notes_type, ''), 'Clinical note') AS "text via lists Clinical_Note_Type", NULL AS status,
       SUBSTRING_INDEX(IF(YEAR(n.date) > 0, n.date, f.date), ' 00:00:00', 1) AS date, f.user AS "author via staff",
       CONCAT_WS('\n', NULLIF(n.codetext, ''), NULLIF(n.description, '')) AS body,
       e.sensitivity AS sensitivity
FROM form_clinical_notes AS n
JOIN forms AS f ON f.form_id = n.form_id
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'clinical_notes' AND f.deleted = 0 AND COALESCE(n.activity, 1) <> 0
