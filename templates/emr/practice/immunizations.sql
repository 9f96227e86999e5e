SELECT i.patient_id AS patient, i.line AS position, i.vaccine_id AS "text from vaccines name",
       'http://hl7.org/fhir/sid/cvx' AS "codes.system", i.vaccine_id AS "codes.code from vaccines cvx",
       i.given AS date, i.status, i.reason, i.dose, i.lot, i.vaccine_id AS "manufacturer from vaccines manufacturer", i.site, i.route,
       i.staff_id AS "author from staff", i.told AS historical
FROM immunizations AS i
{{sqlite ? ORDER BY i.patient_id, i.line}}
