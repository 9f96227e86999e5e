-- Ordered, and nothing has come back.
SELECT o.patient_id AS patient, o.procedure_order_id * 1000 + COALESCE(c.procedure_order_seq, 0) AS position, COALESCE(NULLIF(c.procedure_name, ''), NULLIF(c.procedure_code, ''), 'Order') AS text, c.procedure_code AS "codes.code",
       'Open orders' AS panel,
       CASE WHEN o.order_status = 'canceled' THEN 'order cancelled, no result' ELSE 'ordered, no result yet' END AS value,
       o.order_status AS status, SUBSTRING_INDEX(o.date_ordered, ' 00:00:00', 1) AS date, NULLIF(o.provider_id, 0) AS "author via users",
       CASE WHEN o.order_priority NOT IN ('', 'normal') THEN CONCAT('Priority: ', o.order_priority) END AS note,
       o.patient_instructions AS "note ;",
       {{procedure_order.encounter_id ? e.sensitivity : NULL}} AS sensitivity,
       {{procedure_order.encounter_id ? COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) : NULL}} AS "place_of_visit via facilities"
FROM procedure_order AS o
LEFT JOIN procedure_order_code AS c ON c.procedure_order_id = o.procedure_order_id
LEFT JOIN procedure_report AS r ON r.procedure_order_id = o.procedure_order_id
      AND (r.procedure_order_seq = c.procedure_order_seq OR c.procedure_order_id IS NULL)
{{procedure_order.encounter_id ? LEFT JOIN form_encounter AS e ON e.pid = o.patient_id AND e.encounter = o.encounter_id}}
WHERE r.procedure_report_id IS NULL AND COALESCE(o.activity, 1) <> 0
