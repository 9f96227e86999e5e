-- Current goes by the end date alone, as on OpenEMR's own chart page; `activity` is not maintained.
SELECT l.pid AS patient, l.id AS position, l.title AS text, l.diagnosis AS codes, NULLIF(l.reaction, 'unassigned') AS "reactions.text via lists reaction",
       NULLIF(l.severity_al, 'unassigned') AS "reactions.severity via lists severity_ccda",
       CASE WHEN YEAR(l.enddate) > 0 AND l.enddate <= NOW() THEN 0
            {{lists.verification ? WHEN l.verification IN ('refuted', 'entered-in-error') THEN 0}} ELSE 1 END AS current,
       CASE WHEN YEAR(l.enddate) > 0 AND l.enddate <= NOW() THEN CONCAT('ended ', DATE_FORMAT(l.enddate, '%d-%b-%Y'))
            WHEN l.activity = 0 THEN 'flagged inactive, no end date' ELSE 'active' END AS status,
       {{lists.verification ? l.verification : NULL}} AS verification, SUBSTRING_INDEX(l.begdate, ' 00:00:00', 1) AS onset,
       SUBSTRING_INDEX(l.date, ' 00:00:00', 1) AS recorded, l.user AS "author via staff", l.comments AS note
FROM lists AS l
WHERE l.type = 'allergy'
