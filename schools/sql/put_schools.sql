-- Makes and corrects schools from a relation of what a feed says of them.
-- reads: {relation} (school_id, is_new, uai, joining_key, kind, name, private, address, postal_code, city,
--        phone, email, district_key). writes: schools_district, schools_school.
-- why:   a district is known to feeds by its key alone: its name is given by hand, once. A school that goes by
--        a name that it chose keeps it: the feed's is set beside.
insert into schools_district (academy_id, joining_key, name)
select distinct %(academy_id)s, r.district_key, 'Circonscription ' || r.district_key
from {relation} r where r.district_key <> ''
on conflict (academy_id, joining_key) do nothing
-- ;
insert into schools_school (
    id, academy_id, district_id, uai, joining_key, kind, name, private, address, postal_code, city, phone, email)
select r.school_id, %(academy_id)s, d.id, r.uai, r.joining_key, coalesce(nullif(r.kind, ''), 'PRIMARY'), r.name,
       coalesce(r.private, false), r.address, r.postal_code, r.city, r.phone, r.email
from {relation} r
left join schools_district d on d.academy_id = %(academy_id)s and d.joining_key = r.district_key
where r.is_new
-- ;
update schools_school s set
    district_id = d.id, uai = r.uai, joining_key = r.joining_key, kind = coalesce(nullif(r.kind, ''), s.kind),
    name = case when s.fed_name = '' then r.name else s.name end,
    fed_name = case when s.fed_name = '' then '' else r.name end, private = coalesce(r.private, s.private), address = r.address, postal_code = r.postal_code,
    city = r.city, phone = r.phone, email = r.email
from {relation} r
left join schools_district d on d.academy_id = %(academy_id)s and d.joining_key = r.district_key
where s.id = r.school_id and not r.is_new and r.changed
