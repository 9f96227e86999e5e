-- requires: external_procedures
SELECT x.ep_pid AS patient, x.ep_id AS position, COALESCE(NULLIF(x.ep_code_text, ''), x.ep_code) AS text, CONCAT_WS(':', NULLIF(x.ep_code_type, ''), NULLIF(x.ep_code, '')) AS codes,
       x.ep_date AS date, 'done elsewhere' AS note
FROM external_procedures AS x
