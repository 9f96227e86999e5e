-- requires: care_teams, care_team_member
SELECT t.pid AS patient, m.id AS position, NULLIF(m.user_id, 0) AS "text via users",
       CONCAT_WS(' ', NULLIF(n.first_name, ''), NULLIF(n.middle_name, ''), NULLIF(n.last_name, '')) AS "text ;",
       m.role AS "role via lists care_team_roles", NULLIF(m.facility_id, 0) AS "organization via facilities",
       m.user_id AS "phone from user_phones",
       CASE WHEN COALESCE(m.status, 'active') IN ('active', '') AND COALESCE(t.status, 'active') IN ('active', '') THEN 1 ELSE 0 END AS current,
       CASE WHEN COALESCE(m.status, '') IN ('', 'active') THEN t.status ELSE m.status END AS status
FROM care_team_member AS m
JOIN care_teams AS t ON t.id = m.care_team_id
LEFT JOIN contact AS c ON c.id = m.contact_id AND c.foreign_table_name = 'person'
LEFT JOIN person AS n ON n.id = c.foreign_id
