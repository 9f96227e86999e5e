-- requires: categories_to_documents
-- A scanned directive. Sites rename and renumber the categories, so they are found by name or code, with those below them.
SELECT d.foreign_id AS patient, d.id AS position, CONCAT(c.name, ': document on file') AS text,
       CASE WHEN {{documents.date_expires ? YEAR(d.date_expires) > 0 AND d.date_expires <= NOW() : FALSE}} THEN 0 ELSE 1 END AS current,
       CASE WHEN {{documents.date_expires ? YEAR(d.date_expires) > 0 AND d.date_expires <= NOW() : FALSE}} THEN 'expired' END AS status,
       IF(YEAR(d.docdate) > 0, d.docdate, SUBSTRING_INDEX(d.date, ' 00:00:00', 1)) AS recorded, NULLIF(d.owner, 0) AS "author via users",
       {{documents.name ? COALESCE(NULLIF(d.name, ''), SUBSTRING_INDEX(d.url, '/', -1)) : SUBSTRING_INDEX(d.url, '/', -1)}} AS note
FROM categories AS c
LEFT JOIN categories AS a ON a.id = c.parent
JOIN categories_to_documents AS k ON k.category_id = c.id
JOIN documents AS d ON d.id = k.document_id
WHERE d.foreign_id > 0 {{documents.deleted ? AND COALESCE(d.deleted, 0) = 0}}
  AND ('Advance Directive' IN (c.name, a.name)
       OR c.name IN ('Do Not Resuscitate Order', 'Durable Power of Attorney', 'Living Will')
       {{categories.codes ? OR c.codes LIKE '%LOINC:42348-3%' OR a.codes LIKE '%LOINC:42348-3%' OR c.codes LIKE '%LOINC:84095-9%' OR c.codes LIKE '%LOINC:64298-3%' OR c.codes LIKE '%LOINC:86533-7%'}})
