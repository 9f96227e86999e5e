-- Stored in pounds, inches and Fahrenheit whatever the screen shows; 0 is "not measured"; 0e0 drops zeros at the end. A form counts while `forms` says so.
SELECT STRAIGHT_JOIN f.pid AS patient, f.id AS position, IF(YEAR(v.date) > 0, v.date, f.date) AS date, f.user AS "author via staff",
       CASE WHEN COALESCE(v.bps, '') NOT IN ('', '0') OR COALESCE(v.bpd, '') NOT IN ('', '0')
            THEN CONCAT(COALESCE(NULLIF(NULLIF(v.bps, ''), '0'), 'not recorded'), '/', COALESCE(NULLIF(NULLIF(v.bpd, ''), '0'), 'not recorded')) END AS pressure,
       IF(v.pulse > 0, ROUND(v.pulse, 1) + 0e0, NULL) AS pulse, IF(v.respiration > 0, ROUND(v.respiration, 1) + 0e0, NULL) AS respiration,
       IF(v.temperature > 0, ROUND(v.temperature, 1) + 0e0, NULL) AS temperature_f, IF(v.temperature > 0, ROUND((v.temperature - 32) / 1.8, 1) + 0e0, NULL) AS temperature_c,
       IF(v.oxygen_saturation > 0, ROUND(v.oxygen_saturation, 1) + 0e0, NULL) AS saturation,
       IF(v.weight > 0, ROUND(v.weight, 1) + 0e0, NULL) AS weight_lb, IF(v.weight > 0, ROUND(v.weight * 0.45359237, 1) + 0e0, NULL) AS weight_kg,
       IF(v.height > 0, ROUND(v.height, 1) + 0e0, NULL) AS height_in, IF(v.height > 0, ROUND(v.height * 2.54, 1) + 0e0, NULL) AS height_cm,
       IF(v.BMI > 0, ROUND(v.BMI, 1) + 0e0, NULL) AS bmi, IF(v.BMI > 0, NULLIF(v.BMI_status, ''), NULL) AS bmi_status,
       IF(v.waist_circ > 0, ROUND(v.waist_circ, 1) + 0e0, NULL) AS waist_in, IF(v.waist_circ > 0, ROUND(v.waist_circ * 2.54, 1) + 0e0, NULL) AS waist_cm,
       IF(v.head_circ > 0, ROUND(v.head_circ, 1) + 0e0, NULL) AS head_in, IF(v.head_circ > 0, ROUND(v.head_circ * 2.54, 1) + 0e0, NULL) AS head_cm,
       {{form_vitals.oxygen_flow_rate ? IF(v.oxygen_flow_rate > 0, ROUND(v.oxygen_flow_rate, 1) + 0e0, NULL) : NULL}} AS oxygen_flow,
       {{form_vitals.inhaled_oxygen_concentration ? IF(v.inhaled_oxygen_concentration > 0, ROUND(v.inhaled_oxygen_concentration, 1) + 0e0, NULL) : NULL}} AS oxygen_inhaled,
       {{form_vitals.ped_weight_height ? IF(v.ped_weight_height > 0, v.ped_weight_height, NULL) : NULL}} AS weight_for_length,
       {{form_vitals.ped_bmi ? IF(v.ped_bmi > 0, v.ped_bmi, NULL) : NULL}} AS bmi_percentile,
       {{form_vitals.ped_head_circ ? IF(v.ped_head_circ > 0, v.ped_head_circ, NULL) : NULL}} AS head_percentile,
       v.note AS remark, e.sensitivity AS sensitivity,
       COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) AS "place_of_visit via facilities"
FROM forms AS f
JOIN form_vitals AS v ON v.id = f.form_id
LEFT JOIN form_encounter AS e ON e.pid = f.pid AND e.encounter = f.encounter
WHERE f.formdir = 'vitals' AND f.deleted = 0
