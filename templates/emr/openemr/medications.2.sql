-- The list of medications without what a prescription says already: one that it is linked to, or one of the same words as long as
-- both are current or both are not, and the list adds nothing.
SELECT l.pid AS patient, l.id AS position, l.title AS text, l.diagnosis AS codes,
       {{lists_medication.drug_dosage_instructions ? m.drug_dosage_instructions : NULL}} AS instructions,
       CASE WHEN YEAR(l.enddate) > 0 AND l.enddate <= NOW() THEN 0
            {{lists.verification ? WHEN l.verification IN ('refuted', 'entered-in-error') THEN 0}} ELSE 1 END AS current,
       CASE {{lists.verification ? WHEN l.verification IN ('refuted', 'entered-in-error') THEN l.verification}}
            WHEN YEAR(l.enddate) > 0 AND l.enddate <= NOW() THEN 'ended'
            WHEN l.activity = 0 THEN 'flagged inactive, no end date' ELSE 'active' END AS status,
       SUBSTRING_INDEX(l.begdate, ' 00:00:00', 1) AS start, SUBSTRING_INDEX(l.enddate, ' 00:00:00', 1) AS "end",
       l.user AS "author via staff", l.comments AS note
FROM lists AS l
{{lists_medication ? LEFT JOIN lists_medication AS m ON m.list_id = l.id}}
{{lists_medication.prescription_id ? LEFT JOIN prescriptions AS linked ON linked.id = m.prescription_id AND linked.patient_id = l.pid}}
WHERE l.type = 'medication'
  {{lists_medication.prescription_id ? AND linked.id IS NULL}}
  AND NOT EXISTS (SELECT 1 FROM prescriptions AS p
                  WHERE p.patient_id = l.pid AND CAST(p.drug AS BINARY) = CAST(l.title AS BINARY)
                    AND COALESCE(l.comments, '') = '' AND COALESCE(l.diagnosis, '') = '' AND COALESCE(l.activity, 1) = 1
                    {{lists_medication.drug_dosage_instructions ? AND COALESCE(m.drug_dosage_instructions, '') = ''}}
                    {{lists.verification ? AND COALESCE(l.verification, '') NOT IN ('refuted', 'entered-in-error', 'unconfirmed')}}
                    AND IF(p.active = 1, 1, 0) = IF(YEAR(l.enddate) > 0 AND l.enddate <= NOW(), 0, 1))
