SELECT t.type AS "key", MIN(t.singular) AS value FROM issue_types AS t GROUP BY t.type
