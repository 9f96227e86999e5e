SELECT p.patient_id AS patient, p.id AS position, p.drug AS text,
       CASE WHEN p.rxnorm_drugcode NOT IN ('', '0') THEN 'http://www.nlm.nih.gov/research/umls/rxnorm' END AS "codes.system",
       NULLIF(p.rxnorm_drugcode, '0') AS "codes.code",
       p.size AS strength, NULLIF(p.unit, 0) AS "strength + via lists drug_units", NULLIF(p.form, 0) AS "form via lists drug_form",
       p.dosage AS dose, NULLIF(p.route, '0') AS "route via lists drug_route", NULLIF(p.`interval`, 0) AS "frequency via lists drug_interval",
       {{prescriptions.drug_dosage_instructions ? p.drug_dosage_instructions : NULL}} AS instructions,
       {{prescriptions.prn ? CASE WHEN p.prn <> '' THEN CONCAT('as needed: ', p.prn) END : NULL}} AS "instructions ;",
       p.quantity, NULLIF(p.refills, 0) AS refills, {{prescriptions.indication ? p.indication : NULL}} AS reason,
       {{prescriptions.diagnosis ? p.diagnosis : NULL}} AS "reason ;",
       CASE WHEN p.active = 1 THEN 1 ELSE 0 END AS current, CASE WHEN p.active = 1 THEN 'active' ELSE 'inactive' END AS status,
       IF(YEAR(p.start_date) > 0, p.start_date, SUBSTRING_INDEX(p.date_added, ' 00:00:00', 1)) AS start,
       {{prescriptions.end_date ? p.end_date : NULL}} AS "end", NULLIF(p.provider_id, 0) AS "author via users", p.note,
       {{prescriptions.erx_uploaded ? IF(p.erx_uploaded = 1, 'sent to the e-prescribing service', NULL) : NULL}} AS "note ;"
FROM prescriptions AS p
