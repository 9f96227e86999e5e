-- requires: form_observation
-- The form "Observation" of a visit; one form holds several.
SELECT STRAIGHT_JOIN f.pid AS patient, f.id AS position, COALESCE(NULLIF(b.observation, ''), NULLIF(b.description, ''), b.code) AS text, CONCAT_WS(':', NULLIF(b.code_type, ''), NULLIF(b.code, '')) AS codes,
       'Observations' AS panel, COALESCE(NULLIF(b.ob_value, ''), 'no value recorded') AS value, b.ob_unit AS unit,
       {{form_observation.ob_status ? b.ob_status : NULL}} AS status,
       SUBSTRING_INDEX(IF(YEAR(b.date) > 0, b.date, f.date), ' 00:00:00', 1) AS date, f.user AS "author via staff",
       NULLIF(b.description, b.observation) AS note,
       e.sensitivity AS sensitivity, COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) AS "place_of_visit via facilities"
FROM form_observation AS b
JOIN forms AS f ON f.form_id = b.{{form_observation.form_id ? form_id : id}}
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'observation' AND f.deleted = 0 AND COALESCE(b.activity, 1) <> 0
