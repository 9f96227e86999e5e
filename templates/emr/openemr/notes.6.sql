-- requires: form_functional_cognitive_status
SELECT STRAIGHT_JOIN f.pid AS patient, f.id AS position, f.encounter AS visit, 'Functional and cognitive status' AS text, NULL AS status,
       SUBSTRING_INDEX(IF(YEAR(n.date) > 0, n.date, f.date), ' 00:00:00', 1) AS date, f.user AS "author via staff",
       CONCAT_WS('\n', NULLIF(n.codetext, ''), NULLIF(n.description, '')) AS body,
       e.sensitivity AS sensitivity
FROM form_functional_cognitive_status AS n
JOIN forms AS f ON f.form_id = n.id
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'functional_cognitive_status' AND f.deleted = 0 AND COALESCE(n.activity, 1) <> 0
