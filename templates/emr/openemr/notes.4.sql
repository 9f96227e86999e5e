-- requires: lbf_data, layout_options
-- Forms that the site laid out itself: every field that holds something, in the form's order, choices in words.
SELECT f.pid AS patient, f.id AS position, f.encounter AS visit, f.form_name AS text, SUBSTRING_INDEX(f.date, ' 00:00:00', 1) AS date, f.user AS "author via staff",
       GROUP_CONCAT(CONCAT(COALESCE(NULLIF(y.title, ''), d.field_id), ': ', COALESCE(o.title, d.field_value)) ORDER BY y.seq IS NULL, y.group_id, y.seq SEPARATOR '\n') AS body,
       MAX(e.sensitivity) AS sensitivity
FROM forms AS f
JOIN lbf_data AS d ON d.form_id = f.form_id AND d.field_value <> ''
LEFT JOIN layout_options AS y ON y.form_id = CONVERT(f.formdir USING utf8mb4) COLLATE utf8mb4_general_ci
      AND y.field_id = CONVERT(d.field_id USING utf8mb4) COLLATE utf8mb4_general_ci
LEFT JOIN list_options AS o ON o.list_id = CONVERT(NULLIF(y.list_id, '') USING utf8mb4) COLLATE utf8mb4_general_ci
      AND o.option_id = CONVERT(d.field_value USING utf8mb4) COLLATE utf8mb4_general_ci
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir LIKE 'LBF%' AND f.deleted = 0
GROUP BY f.id, f.pid, f.encounter, f.form_name, f.date, f.user
