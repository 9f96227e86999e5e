SELECT i.patient_id AS patient, i.line AS position, v.name AS text, 'http://hl7.org/fhir/sid/cvx' AS "codes.system", v.cvx AS "codes.code",
       i.given AS date, i.status, i.reason, i.dose, i.lot, v.manufacturer, i.site, i.route, s.name AS author,
       i.told AS historical
FROM immunizations AS i LEFT JOIN vaccines AS v ON v.id = i.vaccine_id LEFT JOIN staff AS s ON s.id = i.staff_id
{{sqlite ? ORDER BY i.patient_id, i.line}}
