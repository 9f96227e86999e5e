SELECT p.pid AS patient, 'Advance directive completed' AS text, 1 AS current,
       SUBSTRING_INDEX(p.ad_reviewed, ' 00:00:00', 1) AS recorded,
       {{patient_data.advance_directive_user_authenticator ? NULLIF(p.advance_directive_user_authenticator, 0) : NULL}} AS "author via users"
FROM patient_data AS p
WHERE p.completed_ad = 'YES'
