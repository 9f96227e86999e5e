-- What belongs to a visit is as sensitive as the visit.
SELECT STRAIGHT_JOIN f.pid AS patient, f.id AS position, f.encounter AS visit, 'SOAP note' AS text, NULL AS status,
       SUBSTRING_INDEX(IF(YEAR(n.date) > 0, n.date, f.date), ' 00:00:00', 1) AS date, f.user AS "author via staff",
       CONCAT_WS('\n', CONCAT('Subjective: ', NULLIF(n.subjective, '')),
                 CONCAT('Objective: ', NULLIF(n.objective, '')),
                 CONCAT('Assessment: ', NULLIF(n.assessment, '')),
                 CONCAT('Plan: ', NULLIF(n.plan, ''))) AS body,
       e.sensitivity AS sensitivity
FROM forms AS f
JOIN form_soap AS n ON n.id = f.form_id
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'soap' AND f.deleted = 0
