SELECT 'name' AS list, id AS "key", name AS "value" FROM vaccines
UNION ALL SELECT 'cvx', id, cvx FROM vaccines
UNION ALL SELECT 'manufacturer', id, manufacturer FROM vaccines
