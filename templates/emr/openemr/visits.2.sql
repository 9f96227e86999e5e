-- requires: external_encounters
SELECT x.ee_pid AS patient, x.ee_id AS position, 'Visit elsewhere' AS text, x.ee_date AS start, x.ee_encounter_diagnosis AS reason,
       NULLIF(x.ee_provider_id, '0') AS "clinician via users", NULLIF(x.ee_facility_id, '0') AS "place via facilities"
FROM external_encounters AS x
