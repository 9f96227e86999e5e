-- A visit is gone when its form is deleted; one without a form at all came from an import, and counts.
SELECT e.pid AS patient, e.id AS position, e.encounter AS "key", e.pc_catid AS "text from categories",
       {{form_encounter.encounter_type_description ? e.encounter_type_description : NULL}} AS "text ;",
       SUBSTRING_INDEX(e.date, ' 00:00:00', 1) AS start, {{form_encounter.date_end ? SUBSTRING_INDEX(e.date_end, ' 00:00:00', 1) : NULL}} AS "end",
       e.reason, NULLIF(e.provider_id, 0) AS "clinician via users", COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) AS "place via facilities",
       e.sensitivity AS sensitivity
FROM form_encounter AS e
LEFT JOIN (SELECT g.form_id, g.pid FROM forms AS g WHERE g.formdir = 'newpatient' AND g.deleted = 1
             AND NOT EXISTS (SELECT 1 FROM forms AS k WHERE k.form_id = g.form_id AND k.formdir = 'newpatient' AND k.deleted = 0)) AS gone
       ON gone.form_id = e.id AND gone.pid = e.pid
WHERE gone.form_id IS NULL
