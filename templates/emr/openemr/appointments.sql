-- The patients' own events; the others are blocks of the providers' time. An event that repeats is one row and a rule.
SELECT a.pc_pid AS patient, a.pc_eid AS position, a.pc_catid AS "text from categories", a.pc_title AS "text ;", NULLIF(a.pc_apptstatus, '-') AS "status via lists apptstat",
       CONCAT(a.pc_eventDate, ' ', a.pc_startTime) AS start, NULLIF(a.pc_duration DIV 60, 0) AS minutes,
       NULLIF(a.pc_aid, '0') AS "clinician via users", NULLIF(a.pc_facility, 0) AS "place via facilities", a.pc_room AS "place ;",
       a.pc_hometext AS reason, a.pc_recurrtype AS "repeats.kind",
       CASE WHEN a.pc_recurrtype > 0 THEN a.pc_recurrspec END AS "repeats.rule",
       CASE WHEN a.pc_recurrtype > 0 THEN a.pc_endDate END AS "repeats.until"
FROM openemr_postcalendar_events AS a
WHERE a.pc_pid <> '' AND a.pc_pid <> '0'
