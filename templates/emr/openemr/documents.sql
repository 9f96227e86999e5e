-- The file is found by the end of its url: the beginning is of whichever server it was put on.
SELECT d.foreign_id AS patient, d.id AS position, d.id AS "key",
       CONCAT_WS(': ', k.category, {{documents.name ? COALESCE(NULLIF(d.name, ''), SUBSTRING_INDEX(d.url, '/', -1)) : SUBSTRING_INDEX(d.url, '/', -1)}}) AS text,
       CASE WHEN {{documents.date_expires ? YEAR(d.date_expires) > 0 AND d.date_expires <= NOW() : FALSE}} THEN 'expired' END AS status,
       IF(YEAR(d.docdate) > 0, d.docdate, SUBSTRING_INDEX(d.date, ' 00:00:00', 1)) AS date, NULLIF(d.owner, 0) AS "author via users",
       d.mimetype AS media_type,
       CASE WHEN d.type = 'web_url' THEN CONCAT('a web address: ', d.url) WHEN d.storagemethod = 1 THEN 'kept in CouchDB, not on the disk'
            {{documents.date_expires ? WHEN YEAR(d.date_expires) > 0 AND d.date_expires <= NOW() THEN 'expired: must not be used'}} END AS note,
       CASE WHEN d.type = 'file_url' AND COALESCE(d.storagemethod, 0) = 0
                   {{documents.date_expires ? AND NOT (COALESCE(YEAR(d.date_expires), 0) > 0 AND d.date_expires <= NOW())}}
              THEN SUBSTRING_INDEX(d.url, '/', -(GREATEST(COALESCE(d.path_depth, 1), 1) + 1)) END AS path,
       d.size AS size, d.hash AS modified, CASE WHEN d.encrypted = 1 THEN 'openemr' END AS encryption,
       {{documents.encounter_id ? e.sensitivity : NULL}} AS sensitivity,
       {{documents.encounter_id ? COALESCE(NULLIF(e.facility, ''), NULLIF(e.facility_id, 0)) : NULL}} AS "place_of_visit via facilities"
FROM documents AS d
LEFT JOIN (SELECT m.document_id, GROUP_CONCAT(c.name ORDER BY c.id SEPARATOR ', ') AS category
           FROM categories_to_documents AS m JOIN categories AS c ON c.id = m.category_id GROUP BY m.document_id) AS k ON k.document_id = d.id
{{documents.encounter_id ? LEFT JOIN form_encounter AS e ON e.pid = d.foreign_id AND e.encounter = d.encounter_id AND d.encounter_id > 0}}
WHERE d.foreign_id > 0 {{documents.deleted ? AND COALESCE(d.deleted, 0) = 0}}
