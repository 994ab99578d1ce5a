-- Which school each key means: one row per school of the set, and those of the academy that it does not list.
-- reads: stage_school, schools_school, schools_district. writes: the run's tables (school_row, known_school,
--        school_flaw).
-- why:   ids of new schools are drawn now, so that the whole plan is told in ids before anything is written.
--        A school known without a key (made by a CSV) or under an older key is found by its UAI. Which of two
--        schools a record means is never guessed: one that contradicts another is left out, and what is
--        known of the school stays.
drop table if exists pg_temp.school_flaw, pg_temp.school_row, pg_temp.known_school
-- ;
create temporary table school_flaw (code text, key text, file int, line int, value text) on commit drop
-- ;
insert into school_flaw
select 'school-key-twice', t.joining_key, t.file, t.line, t.name
from stage_school t
join (
    select joining_key from stage_school
    group by joining_key having count(distinct (uai, name, kind, private)) > 1) d using (joining_key)
-- ;
insert into school_flaw
select 'uai-twice', t.joining_key, t.file, t.line, t.uai
from stage_school t
join (select uai from stage_school group by uai having count(distinct joining_key) > 1) d using (uai)
-- ;
insert into school_flaw
select 'uai-of-another', t.joining_key, t.file, t.line, t.uai
from stage_school t
join schools_school s on s.uai = t.uai
where s.academy_id <> %(academy_id)s
  or s.joining_key is distinct from t.joining_key and exists (
    select from schools_school o
    where o.academy_id = %(academy_id)s and o.joining_key = t.joining_key and o.id <> s.id)
-- ;
create temporary table school_row on commit drop as
select coalesce(by_key.id, by_uai.id, nextval(pg_get_serial_sequence('schools_school', 'id'))) as school_id,
       by_key.id is null and by_uai.id is null as is_new, false as changed, t.*
from (
    select distinct on (joining_key) * from stage_school t
    where not exists (select from school_flaw f where f.key = t.joining_key)
    order by joining_key, file, line) t
left join schools_school by_key on by_key.academy_id = %(academy_id)s and by_key.joining_key = t.joining_key
left join schools_school by_uai on by_uai.academy_id = %(academy_id)s and by_uai.uai = t.uai and by_key.id is null
-- ;
update school_row r set changed = true
from schools_school s
left join schools_district d on d.id = s.district_id
where s.id = r.school_id and (
    s.uai, s.joining_key, s.kind, coalesce(nullif(s.fed_name, ''), s.name), s.private, s.address, s.postal_code, s.city, s.phone, s.email,
    coalesce(d.joining_key, ''))
  is distinct from (
    r.uai, r.joining_key, coalesce(nullif(r.kind, ''), s.kind), r.name, coalesce(r.private, s.private), r.address,
    r.postal_code, r.city, r.phone, r.email, r.district_key)
-- ;
create temporary table known_school on commit drop as
select joining_key as school_key, school_id from school_row
union all
select s.joining_key, s.id from schools_school s
where s.academy_id = %(academy_id)s and s.joining_key is not null
  and s.id not in (select school_id from school_row)
  and s.joining_key not in (select joining_key from school_row)
