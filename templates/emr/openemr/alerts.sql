-- OpenEMR keeps no alerts of a patient; what it computes as reminders while a chart is open stands in no table.
SELECT p.pid AS patient, NULL AS text FROM patient_data AS p WHERE 1 = 0
