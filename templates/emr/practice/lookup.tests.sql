SELECT 'name' AS list, id AS "key", name AS "value" FROM tests
UNION ALL SELECT 'loinc', id, loinc FROM tests
UNION ALL SELECT 'panel', id, panel FROM tests
UNION ALL SELECT 'unit', id, unit FROM tests
