-- requires: patient_data.care_team_provider
-- Several members and places stand in one field: "7|12".
SELECT p.pid AS patient, p.care_team_provider AS "text via users", 'care team' AS role,
       p.care_team_facility AS "organization via facilities",
       {{patient_data.care_team_status ? p.care_team_status : NULL}} AS "status via lists Care_Team_Status"
FROM patient_data AS p
WHERE p.care_team_provider <> '' OR p.care_team_facility <> ''
