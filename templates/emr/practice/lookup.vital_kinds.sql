SELECT 'name' AS list, id AS "key", name AS "value" FROM vital_kinds
UNION ALL SELECT 'loinc', id, loinc FROM vital_kinds
UNION ALL SELECT 'unit', id, unit FROM vital_kinds
