SELECT patient_id AS patient, line AS position, relative || ': ' || illness AS text, noted AS recorded,
       'at the age of ' || age AS note
FROM family_history
{{sqlite ? ORDER BY patient_id, line}}
