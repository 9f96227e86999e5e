-- Messages about the patient: telephone notes, messages from the portal.
SELECT p.pid AS patient, p.id AS position, CONCAT('Message: ', COALESCE(NULLIF(p.title, ''), 'untitled')) AS text, p.message_status AS status, p.date,
       p.user AS "author via staff", {{pnotes.is_msg_encrypted ? IF(p.is_msg_encrypted = 1, '(the EMR keeps this message encrypted)', p.body) : p.body}} AS body
FROM pnotes AS p
WHERE p.pid > 0 AND COALESCE(p.deleted, 0) = 0
