-- What stands before the words of an appointment's status is a sign for the calendar: "x Canceled".
SELECT o.list_id AS list, o.option_id AS "key",
       CASE WHEN o.list_id = 'apptstat' AND LEFT(o.title, 2) = CONCAT(o.option_id, ' ') THEN SUBSTRING(o.title, 3)
            WHEN o.list_id = 'occurrence' THEN CONCAT('occurrence: ', o.title) ELSE o.title END AS value
FROM list_options AS o
