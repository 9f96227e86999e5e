SELECT l.pid AS patient, l.id AS position, l.title AS text, l.diagnosis AS codes, {{lists.verification ? CASE WHEN l.verification IN ('refuted', 'entered-in-error') THEN l.verification END : NULL}} AS status,
       SUBSTRING_INDEX(l.begdate, ' 00:00:00', 1) AS date, SUBSTRING_INDEX(l.enddate, ' 00:00:00', 1) AS "end",
       l.user AS "author via staff", l.comments AS note
FROM lists AS l
WHERE l.type = 'surgery'
