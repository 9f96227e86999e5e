-- The column called contact_relationship holds the contact's name as well: whatever staff typed.
SELECT p.pid AS patient, p.contact_relationship AS text, 1 AS emergency,
       CASE WHEN p.phone_contact <> '' THEN 'phone' END AS "telecom.system", p.phone_contact AS "telecom.value"
FROM patient_data AS p
WHERE p.contact_relationship <> '' OR p.phone_contact <> ''
