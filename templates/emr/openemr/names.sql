-- requires: patient_history.previous_name_last
SELECT h.pid AS patient, h.id AS position, 'old' AS "use", h.previous_name_prefix AS prefix,
       CONCAT_WS(' ', NULLIF(h.previous_name_first, ''), NULLIF(h.previous_name_middle, '')) AS given,
       h.previous_name_last AS family, h.previous_name_suffix AS suffix
FROM patient_history AS h
WHERE CONCAT_WS('', h.previous_name_first, h.previous_name_middle, h.previous_name_last) <> ''
