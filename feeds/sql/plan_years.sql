-- What year the set tells, pupil by pupil, and what becomes of each school's two years.
-- reads: stage_place, stage_classvalue, known_school, plan_person, parked, who, schools_school,
--        schools_schoolyear, feeds_parkedkey, feeds_runschool. writes: the run's schema.
-- why:   a school turns over when more than half of its pupils with a year are in a year later than its
--        class year; values in the future open nothing; one pupil ahead turns nothing.
drop table if exists pg_temp.stated_place, pg_temp.class_stated, pg_temp.pupil_year, pg_temp.scope, pg_temp.left_alone
-- ;
create temporary table stated_place on commit drop as
select p.person_id, p.kind, k.school_id, l.function_code, l.function_label, l.is_head, l.entered_on,
       p.level, p.profile, p.is_new, coalesce(l.left_on < %(fed_on)s, false) as gone, l.left_on
from stage_place l
join plan_person p on p.kind = l.kind and p.key = l.key
join known_school k on k.school_key = l.school_key
-- a CSV of relatives alone names children whom it does not state: they are only who they are
where %(school_id)s::bigint is null or p.key not like 'known:%%'
-- ;
create index on stated_place (person_id)
-- ;
analyze stated_place (person_id, school_id, kind)
-- ;
create temporary table class_stated on commit drop as
select p.person_id, p.kind, p.key, k.school_id, coalesce(y.year, %(year)s) as year, v.starts_on, v.ends_on,
       v.class_key, v.label, v.file, v.line
from stage_classvalue v
join plan_person p on p.kind = v.kind and p.key = v.key
join known_school k on k.school_key = v.school_key
left join (
    -- thousands of values begin on a handful of days
    select d.starts_on, s.year
    from (select distinct starts_on from stage_classvalue) d
    join schools_schoolyear s on s.academy_id = %(academy_id)s and d.starts_on between s.starts_on and s.ends_on
  ) y on y.starts_on = v.starts_on
where v.starts_on is null or v.starts_on <= %(fed_on)s
-- ;
analyze class_stated (person_id, school_id, year, label)
-- ;
create temporary table pupil_year on commit drop as
select person_id, max(year) as year, count(*) as told from class_stated where kind = 'P' and year is not null group by person_id
-- ;
create temporary table scope on commit drop as
with told as (
    select s.school_id, y.year, count(*) as pupils
    from stated_place s join pupil_year y using (person_id)
    where s.kind = 'P' and not s.gone
    group by s.school_id, y.year),
weighed as (
    select t.school_id, sum(pupils) as pupils,
           coalesce(sum(pupils) filter (where t.year > c.class_year), 0) as later,
           coalesce(sum(pupils) filter (where t.year < c.class_year), 0) as older,
           (array_agg(t.year order by pupils desc, t.year desc))[1] as most,
           (array_agg(t.year order by pupils desc, t.year desc) filter (where t.year > c.class_year))[1] as most_later
    from told t left join schools_school c on c.id = t.school_id
    group by t.school_id),
named as (
    select school_id, bool_or(kind = 'P' and not gone) and %(speaks_of_pupils)s as families,
           bool_or(kind = 'S') as staff
    from stated_place group by school_id)
select n.school_id, n.families, n.staff, c.class_year, c.running_year,
       coalesce(w.pupils, 0) as pupils_with_year,
       coalesce(c.class_year is not null and w.later * 2 > w.pupils, false) as turns,
       coalesce(c.class_year is null and w.most is not null, false) as opens,
       coalesce(c.class_year is not null and w.older * 2 > w.pupils, false) as stale,
       case when c.class_year is null then w.most
            when w.later * 2 > w.pupils then w.most_later
            else c.class_year end as new_class_year,
       n.staff and %(feed_year)s > coalesce(c.running_year, 0) as opens_running_year
from named n
left join schools_school c on c.id = n.school_id
left join weighed w on w.school_id = n.school_id
-- ;
alter table scope add primary key (school_id)
-- ;
analyze pupil_year, scope
-- ;
-- where a file tells an older year than the classes', its pupils are read and left as they are; nor does one
-- who had left before anybody knew them get an account
create temporary table left_alone on commit drop as
select s.person_id, 'P' as kind, bool_or(s.is_new) as is_new from stated_place s join scope c using (school_id)
where s.kind = 'P' and (c.stale or s.gone and s.is_new)
  and not exists (
    select from stated_place o join scope d using (school_id)
    where o.person_id = s.person_id and not (d.stale or o.gone and o.is_new))
group by s.person_id
-- ;
insert into present select person_id from left_alone
-- ;
delete from plan_person p using left_alone l where p.person_id = l.person_id
-- ;
delete from stated_place s using left_alone l where s.person_id = l.person_id
-- ;
insert into left_alone
select p.person_id, 'R', p.is_new from plan_person p
where p.kind = 'R' and exists (select from left_alone)
  and not exists (
    select from stage_tie t join plan_person c on c.kind = 'P' and c.key = t.key where t.relative_key = p.key)
-- ;
delete from plan_person p using left_alone l where p.kind = 'R' and p.person_id = l.person_id
-- ;
-- a record that waits counts as present, in every school: this run's, and those of runs that it does not replace
insert into present
select w.person_id from parked x join who w on w.kind = x.kind and w.key = x.key
union
select coalesce(u.merged_into_id, u.id) from feeds_parkedkey x join feeds_feedrun r on r.id = x.run_id and r.state = 'parked'
join accounts_user u on u.academy_id = %(academy_id)s and u.joining_kind = x.kind and u.joining_key = x.key
where r.academy_id = %(academy_id)s and r.id <> %(run_id)s
  and exists (
    select from feeds_runschool rs
    where rs.run_id = r.id and rs.role = 'parked'
      and not exists (
        select from scope s
        where s.school_id = rs.school_id
          and ((rs.part = 'F' and s.families and not s.stale) or (rs.part = 'S' and s.staff))))
