SELECT p.pid AS patient, p.guardiansname AS text, p.guardianrelationship AS "relationship via lists personal_relationship", 1 AS guardian,
       CASE WHEN p.guardianphone <> '' THEN 'phone' END AS "telecom.system", p.guardianphone AS "telecom.value",
       CASE WHEN p.guardianworkphone <> '' THEN 'phone' END AS "telecom.2.system",
       CASE WHEN p.guardianworkphone <> '' THEN 'work' END AS "telecom.2.use", p.guardianworkphone AS "telecom.2.value",
       CASE WHEN p.guardianemail <> '' THEN 'email' END AS "telecom.3.system", p.guardianemail AS "telecom.3.value",
       CONCAT_WS(', ', NULLIF(p.guardianaddress, ''), NULLIF(p.guardiancity, ''), NULLIF(p.guardianstate, ''),
                 NULLIF(p.guardianpostalcode, ''), NULLIF(p.guardiancountry, '')) AS address
FROM patient_data AS p
WHERE CONCAT_WS('', p.guardiansname, p.guardianphone, p.guardianworkphone, p.guardianemail) <> ''
