-- requires: form_care_plan.care_plan_type
SELECT STRAIGHT_JOIN f.pid AS patient, f.id AS position, f.encounter AS visit, CONCAT('Care plan', IF(n.care_plan_type <> '', CONCAT(': ', REPLACE(n.care_plan_type, '_', ' ')), '')) AS text, {{form_care_plan.plan_status ? n.plan_status : NULL}} AS status,
       SUBSTRING_INDEX(IF(YEAR(n.date) > 0, n.date, f.date), ' 00:00:00', 1) AS date, f.user AS "author via staff",
       CONCAT_WS('\n', NULLIF(n.codetext, ''), NULLIF(n.description, '')) AS body,
       e.sensitivity AS sensitivity
FROM form_care_plan AS n
JOIN forms AS f ON f.form_id = n.id
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'care_plan' AND f.deleted = 0 AND COALESCE(n.activity, 1) <> 0
