-- The one school of an ONDE CSV, which its rows name by its UAI; made by this run where it is new.
-- reads: schools_school. writes: the run's tables (school_row, known_school,
--        school_flaw).
drop table if exists pg_temp.school_row, pg_temp.known_school, pg_temp.school_flaw
-- ;
create temporary table school_row on commit drop as
select coalesce(s.id, nextval(pg_get_serial_sequence('schools_school', 'id'))) as school_id, s.id is null as is_new,
       false as changed, %(uai)s::text as uai, null::text as joining_key, ''::text as kind, %(school_name)s::text as name,
       false as private, ''::text as address, ''::text as postal_code, ''::text as city, ''::text as phone,
       ''::text as email, ''::text as district_key, 0 as file, 0 as line
from (select 1) one left join schools_school s on s.uai = %(uai)s
-- ;
create temporary table known_school on commit drop as select %(uai)s::text as school_key, school_id from school_row
-- ;
create temporary table school_flaw (code text, key text, file int, line int, value text) on commit drop
