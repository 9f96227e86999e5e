SELECT c.pc_catid AS "key", c.pc_catname AS value FROM openemr_postcalendar_categories AS c
