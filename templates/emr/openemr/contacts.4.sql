-- requires: contact_relation, contact_telecom, person
SELECT c.foreign_id AS patient, r.id AS position,
       CONCAT_WS(' ', NULLIF(n.first_name, ''), NULLIF(n.middle_name, ''), NULLIF(n.last_name, '')) AS text,
       r.relationship AS "relationship via lists personal_relationship", r.is_emergency_contact AS emergency,
       r.can_make_medical_decisions AS guardian,
       CASE WHEN t.phones <> '' THEN 'phone' END AS "telecom.system", t.phones AS "telecom.value",
       CASE WHEN t.emails <> '' THEN 'email' END AS "telecom.2.system", t.emails AS "telecom.2.value",
       CONCAT_WS('; ', CASE WHEN r.active = 0 THEN 'no longer active' END,
                 CASE WHEN r.can_make_medical_decisions = 1 THEN 'can make medical decisions' END,
                 CASE WHEN r.can_receive_medical_info = 1 THEN 'can receive medical information' END,
                 CASE WHEN r.can_receive_medical_info = 0 THEN 'NOT to receive medical information' END,
                 NULLIF(r.notes, '')) AS note
FROM contact_relation AS r
JOIN contact AS c ON c.id = r.contact_id AND c.foreign_table_name = 'patient_data'
JOIN person AS n ON n.id = r.target_id
LEFT JOIN (SELECT o.foreign_id AS person_id,
                  GROUP_CONCAT(CASE WHEN q.system <> 'email' THEN q.value END ORDER BY q.`rank` SEPARATOR ', ') AS phones,
                  GROUP_CONCAT(CASE WHEN q.system = 'email' THEN q.value END ORDER BY q.`rank` SEPARATOR ', ') AS emails
           FROM contact AS o JOIN contact_telecom AS q ON q.contact_id = o.id
           WHERE o.foreign_table_name = 'person' AND COALESCE(q.status, 'A') <> 'I' GROUP BY o.foreign_id) AS t ON t.person_id = n.id
WHERE r.target_table = 'person'
