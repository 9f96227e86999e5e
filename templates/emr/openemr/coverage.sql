-- Every patient has placeholder rows without a company. Of several rows of one type the newest that has begun counts; a
-- placeholder that is newer says that there is no insurance any more.
SELECT i.pid AS patient, i.id AS position, i.provider AS "text via insurers", i.plan_name AS plan, i.type AS "order", i.policy_number AS member_id,
       i.group_number AS "group",
       CONCAT_WS(' ', NULLIF(i.subscriber_fname, ''), NULLIF(i.subscriber_mname, ''), NULLIF(i.subscriber_lname, '')) AS subscriber,
       i.subscriber_relationship AS "relationship via lists sub_relation", i.copay, i.provider AS "phone from insurer_phones",
       i.standing = 'active' AS current, i.standing AS status, i.date AS start, i.ended AS "end"
FROM (SELECT a.*, {{insurance_data.date_end ? a.date_end : NULL}} AS ended,
             CASE WHEN IFNULL(a.date + 0, 0) > CURDATE() + 0 THEN 'not yet in force'
                  {{insurance_data.date_end ? WHEN YEAR(a.date_end) > 0 AND a.date_end < CURDATE() THEN 'ended'}}
                  WHEN EXISTS (SELECT 1 FROM insurance_data AS n
                               WHERE n.pid = a.pid AND n.type = a.type AND IFNULL(n.date + 0, 0) <= CURDATE() + 0
                                 AND (IFNULL(n.date + 0, 0) > IFNULL(a.date + 0, 0)
                                      OR (IFNULL(n.date + 0, 0) = IFNULL(a.date + 0, 0) AND n.id > a.id))) THEN 'replaced'
                  ELSE 'active' END AS standing
      FROM insurance_data AS a
      WHERE a.provider NOT IN ('', '0')) AS i
