-- requires: form_history_sdoh.pregnancy_status
-- Before 7.0.4 a pregnancy stands among the problems at most.
SELECT s.pid AS patient, s.assessment_date AS date, s.pregnancy_status AS "pregnancy via lists pregnancy_status",
       DATE_FORMAT(IF(YEAR(s.pregnancy_edd) > 0, s.pregnancy_edd, NULL), '%d-%b-%Y') AS due,
       s.pregnancy_intent AS "intent via lists pregnancy_intent", s.postpartum_status AS "postpartum via lists postpartum_status",
       DATE_FORMAT(IF(YEAR(s.postpartum_end) > 0, s.postpartum_end, NULL), '%d-%b-%Y') AS postpartum_end
FROM form_history_sdoh AS s
LEFT JOIN form_history_sdoh AS n ON n.pid = s.pid AND n.id > s.id
WHERE n.id IS NULL
