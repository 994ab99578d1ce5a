-- Which school each key means: one row per school of the set, and those of the academy that it does not list.
-- reads: stage_school, schools_school, schools_district. writes: the run's schema (school_row, known_school).
-- why:   ids of new schools are drawn now, so that the whole plan is told in ids before anything is written.
--        A school known without a key (made by a CSV) or under an older key is found by its UAI.
create unlogged table school_row as
select coalesce(by_key.id, by_uai.id, nextval(pg_get_serial_sequence('schools_school', 'id'))) as school_id,
       by_key.id is null and by_uai.id is null as is_new, false as changed, t.*
from (select distinct on (joining_key) * from stage_school order by joining_key, file, line) t
left join schools_school by_key on by_key.academy_id = %(academy_id)s and by_key.joining_key = t.joining_key
left join schools_school by_uai on by_uai.academy_id = %(academy_id)s and by_uai.uai = t.uai and by_key.id is null
-- ;
update school_row r set changed = true
from schools_school s
left join schools_district d on d.id = s.district_id
where s.id = r.school_id and (
    s.uai, s.joining_key, s.kind, s.name, s.private, s.address, s.postal_code, s.city, s.phone, s.email,
    coalesce(d.joining_key, ''))
  is distinct from (
    r.uai, r.joining_key, coalesce(nullif(r.kind, ''), s.kind), r.name, coalesce(r.private, s.private), r.address,
    r.postal_code, r.city, r.phone, r.email, r.district_key)
-- ;
create unlogged table known_school as
select joining_key as school_key, school_id from school_row
union all
select s.joining_key, s.id from schools_school s
where s.academy_id = %(academy_id)s and s.joining_key is not null
  and s.id not in (select school_id from school_row)
  and s.joining_key not in (select joining_key from school_row)
