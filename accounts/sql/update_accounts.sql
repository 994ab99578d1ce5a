-- Corrects who people are, as a relation says. Logins, passwords and one's own mail are never touched.
-- reads: {relation} (person_id, changed, names, contacts, keys, …). writes: accounts_user.
-- why:   keys that pass from one account to another in one set are freed first: the index checks row by row.
update accounts_user u set joining_key = null, joining_kind = null
from {relation} r
where u.id = r.person_id and r.changed and not r.is_new
  and u.joining_key is not null and u.joining_key is distinct from r.joining_key
-- ;
update accounts_user u set
    profile = r.profile, first_name = r.first_name, last_name = r.last_name, birth_name = r.birth_name,
    other_first_names = r.other_first_names, civility = r.civility, birth_date = r.birth_date, email = r.email,
    home_phone = r.home_phone, work_phone = r.work_phone, mobile_phone = r.mobile_phone, address = r.address,
    postal_code = r.postal_code, city = r.city, country = r.country, academy_id = r.academy_id,
    source = r.source, joining_kind = r.joining_kind, joining_key = r.joining_key, ine = r.ine
from {relation} r
where u.id = r.person_id and r.changed and not r.is_new
