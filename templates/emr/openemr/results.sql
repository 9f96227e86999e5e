-- In the order in which results were filed; a result, its report and its order stand at much the same place of their tables.
SELECT STRAIGHT_JOIN o.patient_id AS patient, x.procedure_result_id AS position, COALESCE(NULLIF(x.result_text, ''), x.result_code) AS text, x.result_code AS "codes.code",
       COALESCE(NULLIF(c.procedure_name, ''), c.procedure_code) AS panel,
       CASE WHEN x.result <> '' THEN x.result WHEN x.comments <> '' THEN 'see note' WHEN x.document_id > 0 THEN 'see document' END AS value,
       x.units AS unit, x.`range` AS "range",
       -- OpenEMR writes "no" where the laboratory gave no flag at all, so it says nothing.
       NULLIF(x.abnormal, 'no') AS flag,
       CASE WHEN later.last_id > r.procedure_report_id
            THEN CONCAT(COALESCE(NULLIF(x.result_status, ''), r.report_status, ''), ', a later report of this test follows')
            WHEN r.report_status IN ('correct', 'error', 'cancel') THEN r.report_status
            WHEN x.result_status <> '' THEN x.result_status ELSE r.report_status END AS status,
       COALESCE(IF(YEAR(x.date) > 0, x.date, NULL), IF(YEAR(r.date_collected) > 0, r.date_collected, NULL),
                IF(YEAR(o.date_collected) > 0, o.date_collected, NULL), r.date_report) AS date,
       r.date_report AS reported, x.facility AS author, x.comments AS note, {{procedure_order.encounter_id ? e.sensitivity : NULL}} AS sensitivity,
       {{procedure_order.encounter_id ? COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) : NULL}} AS "place_of_visit via facilities"
FROM procedure_result AS x
JOIN procedure_report AS r ON r.procedure_report_id = x.procedure_report_id
JOIN procedure_order AS o ON o.procedure_order_id = r.procedure_order_id
LEFT JOIN procedure_order_code AS c ON c.procedure_order_id = r.procedure_order_id AND c.procedure_order_seq = r.procedure_order_seq
LEFT JOIN (SELECT procedure_order_id, procedure_order_seq, MAX(procedure_report_id) AS last_id FROM procedure_report
           GROUP BY procedure_order_id, procedure_order_seq HAVING COUNT(*) > 1) AS later
       ON later.procedure_order_id = r.procedure_order_id AND later.procedure_order_seq = r.procedure_order_seq
{{procedure_order.encounter_id ? LEFT JOIN form_encounter AS e ON e.pid = o.patient_id AND e.encounter = o.encounter_id}}
WHERE COALESCE(o.activity, 1) <> 0
