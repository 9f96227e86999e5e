SELECT p.patient_id AS patient, p.line AS position, y.name AS text, p.plan, p.rank AS "order", p.member AS member_id, p.group_no AS "group",
       p.holder AS subscriber, p.holder_is AS relationship, p.copay, y.phone, p.active AS current,
       CASE p.active WHEN 1 THEN 'active' ELSE 'ended' END AS status, p.valid_from AS start, p.valid_to AS "end"
FROM policies AS p LEFT JOIN payers AS y ON y.id = p.payer_id
{{sqlite ? ORDER BY p.patient_id, p.line}}
