SELECT id AS patient, mrn, born AS birth_date, sex, gender, deceased, died AS deceased_date, language,
       interpreter AS interpreter_needed, interpreter_note AS interpreter
FROM patients
{{sqlite ? ORDER BY id}}
