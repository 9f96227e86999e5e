-- requires: form_history_sdoh
SELECT s.pid AS patient, s.assessment_date AS date, 'Social needs' AS panel, s.food_insecurity AS "food via lists sdoh_food_insecurity_risk",
       s.food_insecurity_notes AS "food ;", s.housing_instability AS "housing via lists sdoh_housing_worry",
       s.housing_instability_notes AS "housing ;", s.transportation_insecurity AS "transport via lists sdoh_transportation_barrier",
       s.transportation_insecurity_notes AS "transport ;", s.interpersonal_safety AS "safety via lists sdoh_ipv_yesno",
       s.interpersonal_safety_notes AS "safety ;", s.employment_status AS "employment via lists sdoh_employment_status",
       s.caregiver_status AS caregiver, s.disability_status AS "disability via lists disability_status",
       s.disability_status_notes AS "disability ;"
FROM form_history_sdoh AS s
LEFT JOIN form_history_sdoh AS n ON n.pid = s.pid AND n.id > s.id
WHERE n.id IS NULL
