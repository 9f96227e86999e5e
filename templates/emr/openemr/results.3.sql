-- Reports that came without values.
SELECT STRAIGHT_JOIN o.patient_id AS patient, r.procedure_report_id AS position, COALESCE(NULLIF(c.procedure_name, ''), 'Report') AS text,
       COALESCE(NULLIF(c.procedure_name, ''), c.procedure_code) AS panel,
       CASE WHEN r.report_notes <> '' THEN 'see note' ELSE 'report without values' END AS value, r.report_status AS status,
       IF(YEAR(r.date_collected) > 0, r.date_collected, r.date_report) AS date, r.date_report AS reported, r.report_notes AS note
FROM procedure_report AS r
LEFT JOIN procedure_result AS x ON x.procedure_report_id = r.procedure_report_id
JOIN procedure_order AS o ON o.procedure_order_id = r.procedure_order_id
LEFT JOIN procedure_order_code AS c ON c.procedure_order_id = r.procedure_order_id AND c.procedure_order_seq = r.procedure_order_seq
WHERE x.procedure_result_id IS NULL AND COALESCE(o.activity, 1) <> 0
