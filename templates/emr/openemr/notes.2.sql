SELECT STRAIGHT_JOIN f.pid AS patient, f.id AS position, f.encounter AS visit, 'Dictation' AS text, NULL AS status,
       SUBSTRING_INDEX(IF(YEAR(n.date) > 0, n.date, f.date), ' 00:00:00', 1) AS date, f.user AS "author via staff",
       CONCAT_WS('\n', NULLIF(n.dictation, ''), CONCAT('Additional notes: ', NULLIF(n.additional_notes, ''))) AS body,
       e.sensitivity AS sensitivity
FROM form_dictation AS n
JOIN forms AS f ON f.form_id = n.id
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'dictation' AND f.deleted = 0
