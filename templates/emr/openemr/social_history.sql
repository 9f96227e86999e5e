-- One row an edit: the newest counts. The first fields hold "text|status|date|choice", the status as in "quittobacco".
SELECT h.pid AS patient, SUBSTRING_INDEX(h.date, ' 00:00:00', 1) AS date,
       SUBSTRING_INDEX(h.tobacco, '|', 1) AS tobacco,
       REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.tobacco, '|'), '|', 2), '|', -1), 'tobacco', '') AS "tobacco ;",
       SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.tobacco, '||'), '|', 3), '|', -1) AS "tobacco ;",
       SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.tobacco, '|||'), '|', 4), '|', -1) AS "tobacco ; via lists smoking_status",
       SUBSTRING_INDEX(h.alcohol, '|', 1) AS alcohol,
       REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.alcohol, '|'), '|', 2), '|', -1), 'alcohol', '') AS "alcohol ;",
       SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.alcohol, '||'), '|', 3), '|', -1) AS "alcohol ;",
       SUBSTRING_INDEX(h.recreational_drugs, '|', 1) AS recreational_drugs,
       REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.recreational_drugs, '|'), '|', 2), '|', -1), 'recreational_drugs', '') AS "recreational_drugs ;",
       SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.recreational_drugs, '||'), '|', 3), '|', -1) AS "recreational_drugs ;",
       SUBSTRING_INDEX(h.coffee, '|', 1) AS coffee,
       REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.coffee, '|'), '|', 2), '|', -1), 'coffee', '') AS "coffee ;",
       SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.coffee, '||'), '|', 3), '|', -1) AS "coffee ;",
       SUBSTRING_INDEX(h.exercise_patterns, '|', 1) AS exercise_patterns,
       REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.exercise_patterns, '|'), '|', 2), '|', -1), 'exercise_patterns', '') AS "exercise_patterns ;",
       SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.exercise_patterns, '||'), '|', 3), '|', -1) AS "exercise_patterns ;",
       SUBSTRING_INDEX(h.counseling, '|', 1) AS counseling,
       REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.counseling, '|'), '|', 2), '|', -1), 'counseling', '') AS "counseling ;",
       SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.counseling, '||'), '|', 3), '|', -1) AS "counseling ;",
       SUBSTRING_INDEX(h.hazardous_activities, '|', 1) AS hazardous_activities,
       REPLACE(SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.hazardous_activities, '|'), '|', 2), '|', -1), 'hazardous_activities', '') AS "hazardous_activities ;",
       SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(h.hazardous_activities, '||'), '|', 3), '|', -1) AS "hazardous_activities ;",
       h.sleep_patterns, h.seatbelt_use, h.additional_history
FROM history_data AS h
LEFT JOIN history_data AS n ON n.pid = h.pid
      AND (IFNULL(n.date + 0, 0) > IFNULL(h.date + 0, 0) OR (IFNULL(n.date + 0, 0) = IFNULL(h.date + 0, 0) AND n.id > h.id))
WHERE n.id IS NULL
