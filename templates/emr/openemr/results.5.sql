-- What a report says beside its values.
SELECT STRAIGHT_JOIN o.patient_id AS patient, r.procedure_report_id AS position, 'Note of the report' AS text,
       COALESCE(NULLIF(c.procedure_name, ''), c.procedure_code) AS panel, 'see note' AS value, r.report_status AS status,
       IF(YEAR(r.date_collected) > 0, r.date_collected, r.date_report) AS date, r.date_report AS reported, r.report_notes AS note,
       {{procedure_order.encounter_id ? e.sensitivity : NULL}} AS sensitivity,
       {{procedure_order.encounter_id ? COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) : NULL}} AS "place_of_visit via facilities"
FROM procedure_report AS r
JOIN procedure_order AS o ON o.procedure_order_id = r.procedure_order_id
LEFT JOIN procedure_order_code AS c ON c.procedure_order_id = r.procedure_order_id AND c.procedure_order_seq = r.procedure_order_seq
{{procedure_order.encounter_id ? LEFT JOIN form_encounter AS e ON e.pid = o.patient_id AND e.encounter = o.encounter_id}}
WHERE r.report_notes <> '' AND COALESCE(o.activity, 1) <> 0
  AND EXISTS (SELECT 1 FROM procedure_result AS x WHERE x.procedure_report_id = r.procedure_report_id)
