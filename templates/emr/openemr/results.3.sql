-- Reports that came without values.
SELECT STRAIGHT_JOIN o.patient_id AS patient, r.procedure_report_id AS position, COALESCE(NULLIF(c.procedure_name, ''), 'Report') AS text,
       COALESCE(NULLIF(c.procedure_name, ''), c.procedure_code) AS panel,
       CASE WHEN r.report_notes <> '' THEN 'see note' ELSE 'report without values' END AS value, r.report_status AS status,
       IF(YEAR(r.date_collected) > 0, r.date_collected, r.date_report) AS date, r.date_report AS reported, r.report_notes AS note,
       {{procedure_order.encounter_id ? e.sensitivity : NULL}} AS sensitivity,
       {{procedure_order.encounter_id ? COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) : NULL}} AS "place_of_visit via facilities"
FROM procedure_report AS r
LEFT JOIN procedure_result AS x ON x.procedure_report_id = r.procedure_report_id
JOIN procedure_order AS o ON o.procedure_order_id = r.procedure_order_id
LEFT JOIN procedure_order_code AS c ON c.procedure_order_id = r.procedure_order_id AND c.procedure_order_seq = r.procedure_order_seq
{{procedure_order.encounter_id ? LEFT JOIN form_encounter AS e ON e.pid = o.patient_id AND e.encounter = o.encounter_id}}
WHERE x.procedure_result_id IS NULL AND COALESCE(o.activity, 1) <> 0
