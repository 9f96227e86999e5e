-- One row an edit: the newest counts. Beside the words about a relative there may be codes alone.
SELECT h.pid AS patient, SUBSTRING_INDEX(h.date, ' 00:00:00', 1) AS recorded,
       h.history_mother AS mother, {{history_data.dc_mother ? CASE WHEN h.dc_mother <> '' THEN CONCAT('(', h.dc_mother, ')') END : NULL}} AS "mother +",
       h.history_father AS father, {{history_data.dc_father ? CASE WHEN h.dc_father <> '' THEN CONCAT('(', h.dc_father, ')') END : NULL}} AS "father +",
       h.history_siblings AS siblings, {{history_data.dc_siblings ? CASE WHEN h.dc_siblings <> '' THEN CONCAT('(', h.dc_siblings, ')') END : NULL}} AS "siblings +",
       h.history_offspring AS offspring, {{history_data.dc_offspring ? CASE WHEN h.dc_offspring <> '' THEN CONCAT('(', h.dc_offspring, ')') END : NULL}} AS "offspring +",
       h.history_spouse AS spouse, {{history_data.dc_spouse ? CASE WHEN h.dc_spouse <> '' THEN CONCAT('(', h.dc_spouse, ')') END : NULL}} AS "spouse +",
       h.relatives_cancer AS cancer,
       h.relatives_tuberculosis AS tuberculosis,
       h.relatives_diabetes AS diabetes,
       h.relatives_high_blood_pressure AS high_blood_pressure,
       h.relatives_heart_problems AS heart_problems,
       h.relatives_stroke AS stroke,
       h.relatives_epilepsy AS epilepsy,
       h.relatives_mental_illness AS mental_illness,
       h.relatives_suicide AS suicide
FROM history_data AS h
LEFT JOIN history_data AS n ON n.pid = h.pid
      AND (IFNULL(n.date + 0, 0) > IFNULL(h.date + 0, 0) OR (IFNULL(n.date + 0, 0) = IFNULL(h.date + 0, 0) AND n.id > h.id))
WHERE n.id IS NULL
