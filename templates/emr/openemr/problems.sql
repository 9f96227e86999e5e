-- Whatever is on the lists and has no section of its own: sites add kinds of their own.
SELECT l.pid AS patient, l.id AS position, l.title AS text, l.diagnosis AS codes,
       CASE l.type WHEN 'medical_problem' THEN NULL ELSE l.type END AS "category via issue_types",
       CASE WHEN YEAR(l.enddate) > 0 AND l.enddate <= NOW() THEN 0
            {{lists.verification ? WHEN l.verification IN ('refuted', 'entered-in-error') THEN 0}} ELSE 1 END AS current,
       CASE WHEN YEAR(l.enddate) > 0 AND l.enddate <= NOW() THEN IF(l.outcome = 1, 'resolved', 'ended')
            WHEN l.activity = 0 THEN 'flagged inactive, no end date'
            WHEN l.outcome = 1 THEN 'outcome resolved, no end date' ELSE 'active' END AS status,
       {{lists.verification ? l.verification : NULL}} AS verification, SUBSTRING_INDEX(l.begdate, ' 00:00:00', 1) AS onset,
       SUBSTRING_INDEX(l.enddate, ' 00:00:00', 1) AS resolved, SUBSTRING_INDEX(l.date, ' 00:00:00', 1) AS recorded,
       l.user AS "author via staff", l.comments AS note, NULLIF(l.occurrence, 0) AS "note ; via lists occurrence"
FROM lists AS l
WHERE l.type NOT IN ('allergy', 'medication', 'surgery', 'medical_device')
