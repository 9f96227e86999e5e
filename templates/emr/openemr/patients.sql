SELECT p.pid AS patient, COALESCE(NULLIF(p.pubpid, ''), p.pid) AS mrn,
       CASE WHEN p.pubpid <> '' AND p.pubpid <> CAST(p.pid AS CHAR) THEN 'OpenEMR number' END AS "identifiers.label",
       CASE WHEN p.pubpid <> '' AND p.pubpid <> CAST(p.pid AS CHAR) THEN p.pid END AS "identifiers.value",
       p.DOB AS birth_date, p.sex AS "sex via lists sex",
       {{patient_data.gender_identity ? p.gender_identity : NULL}} AS "gender via lists gender_identity",
       {{patient_data.sex_identified ? CASE WHEN p.sex_identified <> p.sex THEN p.sex_identified END : NULL}} AS "gender ; via lists administrative_sex",
       -- There is no flag: a date that is set and not to come says it, and nothing else does.
       CASE WHEN YEAR(p.deceased_date) > 0 AND p.deceased_date <= NOW() THEN 1 END AS deceased,
       SUBSTRING_INDEX(p.deceased_date, ' 00:00:00', 1) AS deceased_date,
       p.language AS "language via lists language",
       {{patient_data.interpreter_needed ? CASE LOWER(p.interpreter_needed) WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END : NULL}} AS interpreter_needed,
       {{patient_data.interpreter ? p.interpreter : p.interpretter}} AS interpreter,
       'official' AS "names.use", p.title AS "names.prefix via lists titles",
       CONCAT_WS(' ', NULLIF(p.fname, ''), NULLIF(p.mname, '')) AS "names.given", p.lname AS "names.family",
       {{patient_data.suffix ? p.suffix : NULL}} AS "names.suffix",
       {{patient_data.preferred_name ? CASE WHEN p.preferred_name <> '' THEN 'nickname' END : NULL}} AS "names.2.use",
       {{patient_data.preferred_name ? p.preferred_name : NULL}} AS "names.2.given",
       {{patient_data.birth_lname ? CASE WHEN CONCAT_WS('', p.birth_fname, p.birth_mname, p.birth_lname) <> '' THEN 'maiden' END : NULL}} AS "names.3.use",
       {{patient_data.birth_lname ? CONCAT_WS(' ', NULLIF(p.birth_fname, ''), NULLIF(p.birth_mname, '')) : NULL}} AS "names.3.given",
       {{patient_data.birth_lname ? p.birth_lname : NULL}} AS "names.3.family",
       CASE WHEN p.phone_home <> '' THEN 'phone' END AS "telecom.system", CASE WHEN p.phone_home <> '' THEN 'home' END AS "telecom.use",
       p.phone_home AS "telecom.value",
       CASE WHEN p.phone_cell <> '' THEN 'phone' END AS "telecom.2.system", CASE WHEN p.phone_cell <> '' THEN 'mobile' END AS "telecom.2.use",
       p.phone_cell AS "telecom.2.value",
       CASE WHEN p.phone_biz <> '' THEN 'phone' END AS "telecom.3.system", CASE WHEN p.phone_biz <> '' THEN 'work' END AS "telecom.3.use",
       p.phone_biz AS "telecom.3.value",
       CONCAT_WS(', ', NULLIF(p.street, ''){{patient_data.street_line_2 ? , NULLIF(p.street_line_2, '')}}) AS "addresses.line",
       p.city AS "addresses.city", p.state AS "addresses.state", p.postal_code AS "addresses.postal_code",
       p.country_code AS "addresses.country",
       COALESCE(NULLIF(p.providerID, 0), '') AS "provider via users",
       -- Where they were seen last, all others of the two years before it, and where they are booked.
       CONCAT_WS('|', {{form_encounter, facility ?
         (SELECT GROUP_CONCAT(DISTINCT IF(e.facility <> '', CONVERT(e.facility USING utf8mb4), CONVERT(f.name USING utf8mb4)) SEPARATOR '|')
          FROM form_encounter AS e LEFT JOIN facility AS f ON f.id = e.facility_id
          WHERE e.pid = p.pid AND e.date >= (SELECT MAX(x.date) FROM form_encounter AS x WHERE x.pid = p.pid) - INTERVAL 2 YEAR) : NULL}},
         {{openemr_postcalendar_events.pc_facility, facility ? a.names : NULL}}) AS site
FROM patient_data AS p
{{openemr_postcalendar_events.pc_facility, facility ? LEFT JOIN (SELECT CAST(v.pc_pid AS SIGNED) AS pid, GROUP_CONCAT(DISTINCT CONVERT(f.name USING utf8mb4) SEPARATOR '|') AS names
      FROM openemr_postcalendar_events AS v JOIN facility AS f ON f.id = v.pc_facility
      WHERE v.pc_pid <> '' AND (v.pc_eventDate >= CURDATE() OR (v.pc_recurrtype > 0 AND (v.pc_endDate IS NULL OR YEAR(v.pc_endDate) = 0 OR v.pc_endDate >= CURDATE())))
      GROUP BY CAST(v.pc_pid AS SIGNED)) AS a ON a.pid = p.pid}}
