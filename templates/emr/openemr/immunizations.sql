-- Only what was given or refused; rows added erroneously are none.
SELECT i.patient_id AS patient, i.id AS position,
       CASE WHEN i.cvx_code NOT IN ('', '0') THEN CONCAT('CVX ', TRIM(LEADING '0' FROM i.cvx_code)) END AS "text via vaccines",
       CASE WHEN COALESCE(i.cvx_code, '') IN ('', '0') THEN i.immunization_id END AS "text ; via lists immunizations",
       CASE WHEN i.cvx_code NOT IN ('', '0') THEN 'http://hl7.org/fhir/sid/cvx' END AS "codes.system", NULLIF(i.cvx_code, '0') AS "codes.code",
       SUBSTRING_INDEX(i.administered_date, ' 00:00:00', 1) AS date,
       CASE WHEN i.completion_status IN ('Refused', 'Not_Administered') THEN 'not-done'
            WHEN i.completion_status = 'Partially_Administered' THEN 'partially administered' ELSE 'completed' END AS status,
       i.refusal_reason AS "reason via lists immunization_refusal_reason",
       CONCAT(NULLIF(i.amount_administered, 0), ' ', COALESCE(i.amount_administered_unit, '')) AS dose, i.lot_number AS lot,
       i.manufacturer AS "manufacturer via lists Immunization_Manufacturer",
       i.administration_site AS "site via lists immunization_administered_site", i.route AS "route via lists drug_route",
       NULLIF(i.administered_by_id, 0) AS "author via users", i.administered_by AS "author ;",
       CASE WHEN COALESCE(i.information_source, '') IN ('', 'new_immunization_record') THEN NULL ELSE 1 END AS historical, i.note
FROM immunizations AS i
WHERE COALESCE(i.added_erroneously, 0) = 0
