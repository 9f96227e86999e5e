SELECT l.pid AS patient, l.id AS position, l.title AS text, l.diagnosis AS codes, {{lists.udi ? l.udi : NULL}} AS udi,
       CASE WHEN YEAR(l.enddate) > 0 AND l.enddate <= NOW() THEN 0
            {{lists.verification ? WHEN l.verification IN ('refuted', 'entered-in-error') THEN 0}} ELSE 1 END AS current,
       CASE {{lists.verification ? WHEN l.verification IN ('refuted', 'entered-in-error') THEN l.verification}}
            WHEN YEAR(l.enddate) > 0 AND l.enddate <= NOW() THEN 'removed'
            WHEN l.activity = 0 THEN 'flagged inactive, no end date' ELSE 'active' END AS status,
       SUBSTRING_INDEX(l.begdate, ' 00:00:00', 1) AS start, SUBSTRING_INDEX(l.enddate, ' 00:00:00', 1) AS "end", l.comments AS note
FROM lists AS l
WHERE l.type = 'medical_device'
