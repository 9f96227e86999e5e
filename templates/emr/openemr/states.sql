-- "None" was ticked for a list. What was put on the list since counts more (entries_win in pack.toml).
SELECT t.pid AS patient,
       CASE t.type WHEN 'allergy' THEN 'allergies' WHEN 'medication' THEN 'medications' WHEN 'medical_problem' THEN 'problems'
                   WHEN 'surgery' THEN 'procedures' ELSE 'devices' END AS section,
       'known-none' AS state
FROM lists_touch AS t
WHERE t.type IN ('allergy', 'medication', 'medical_problem', 'surgery', 'medical_device')
