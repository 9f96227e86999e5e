-- What a report says beside its values, and reports that have none.
SELECT o.patient_id AS patient, r.procedure_report_id AS position, CASE WHEN x.procedure_result_id IS NULL THEN COALESCE(NULLIF(c.procedure_name, ''), 'Report') ELSE 'Note of the report' END AS text,
       COALESCE(NULLIF(c.procedure_name, ''), c.procedure_code) AS panel,
       CASE WHEN r.report_notes <> '' THEN 'see note' ELSE 'report without values' END AS value, r.report_status AS status,
       IF(YEAR(r.date_collected) > 0, r.date_collected, r.date_report) AS date, r.date_report AS reported, r.report_notes AS note
FROM procedure_report AS r
JOIN procedure_order AS o ON o.procedure_order_id = r.procedure_order_id
LEFT JOIN procedure_order_code AS c ON c.procedure_order_id = r.procedure_order_id AND c.procedure_order_seq = r.procedure_order_seq
LEFT JOIN procedure_result AS x ON x.procedure_report_id = r.procedure_report_id
      AND NOT EXISTS (SELECT 1 FROM procedure_result AS y WHERE y.procedure_report_id = x.procedure_report_id
                      AND y.procedure_result_id < x.procedure_result_id)
WHERE (x.procedure_result_id IS NULL OR r.report_notes <> '') AND COALESCE(o.activity, 1) <> 0
