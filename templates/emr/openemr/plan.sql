-- requires: form_care_plan.care_plan_type
-- One form holds several rows. What is completed, revoked, past its end or entered in error stays, and is not current.
SELECT STRAIGHT_JOIN f.pid AS patient, f.id AS position, COALESCE(NULLIF(n.codetext, ''), n.description) AS text, n.code AS codes,
       COALESCE(NULLIF(n.care_plan_type, ''), 'plan_of_care') AS "category via lists Plan_of_Care_Type",
       {{form_care_plan.plan_status ? n.plan_status : NULL}} AS "status via lists care_plan_status",
       CASE WHEN {{form_care_plan.plan_status ? n.plan_status IN ('completed', 'revoked', 'entered-in-error') : 0}}
              OR {{form_care_plan.date_end ? (YEAR(n.date_end) > 0 AND n.date_end < CURDATE()) : 0}} THEN 0 ELSE 1 END AS current,
       SUBSTRING_INDEX(IF(YEAR(n.date) > 0, n.date, f.date), ' 00:00:00', 1) AS recorded, f.user AS "author via staff",
       CASE WHEN n.codetext <> '' THEN n.description END AS note,
       {{form_care_plan.proposed_date ? CASE WHEN YEAR(n.proposed_date) > 0 THEN CONCAT('by ', DATE(n.proposed_date)) END : NULL}} AS "note ;",
       {{form_care_plan.date_end ? CASE WHEN YEAR(n.date_end) > 0 THEN CONCAT('until ', DATE(n.date_end)) END : NULL}} AS "note ;",
       {{form_care_plan.reason_description ? NULLIF(n.reason_description, '') : NULL}} AS "note ;",
       e.sensitivity AS sensitivity, COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) AS "place_of_visit via facilities"
FROM form_care_plan AS n
JOIN forms AS f ON f.form_id = n.id
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'care_plan' AND f.deleted = 0 AND COALESCE(n.activity, 1) <> 0
