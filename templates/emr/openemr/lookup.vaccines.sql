-- 100 is OpenEMR's number for CVX. Zeros before a code come and go.
SELECT CONCAT('CVX ', TRIM(LEADING '0' FROM c.code)) AS "key", c.code_text AS value FROM codes AS c WHERE c.code_type = 100
