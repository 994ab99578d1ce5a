-- Small relations that apply hands down: who leaves, who is back, which schools move, which name their staff.
-- reads: the run's schema. writes: the run's tables (leaving, coming_back, year_row, turn_row, staff_school).
drop table if exists pg_temp.leaving, pg_temp.coming_back, pg_temp.year_row, pg_temp.turn_row, pg_temp.staff_school, pg_temp.entry_row, pg_temp.awaited_class
-- ;
create temporary table leaving on commit drop as
select person_id from plan_absence
union
select person_id from plan_relative where act = 'absent'
-- ;
create temporary table coming_back on commit drop as
select person_id from plan_person p
where p.absent_since is not null and p.kind in ('P', 'S')
  and exists (select from stated_place s where s.person_id = p.person_id and not s.gone)
union
select person_id from plan_relative where act = 'restored'
-- ;
create temporary table year_row on commit drop as
select school_id, case when opens_running_year then %(feed_year)s end as running_year,
       case when opens then new_class_year end as class_year
from scope where opens_running_year or opens
-- ;
create temporary table turn_row on commit drop as
select school_id, class_year as from_year, new_class_year as to_year from scope where turns
-- ;
create temporary table staff_school on commit drop as
select school_id from scope where staff
union
select school_id from plan_attachment where kind = 'S' and act = 'end'
-- ;
-- the level that each school's pupils enter by: told by last year's, kept from the turn on
create temporary table entry_row on commit drop as
with ladder(level, rank, label) as (
    values ('TPS', 0, 'TPS-PS'), ('PS', 0, 'TPS-PS'), ('MS', 1, 'MS'), ('GS', 2, 'GS'), ('CP', 3, 'CP'),
           ('CE1', 4, 'CE1'), ('CE2', 5, 'CE2'), ('CM1', 6, 'CM1'), ('CM2', 7, 'CM2'))
select a.school_id, (array_agg(l.label order by l.rank))[1] as label
from turn_row t
join directory_attachment a on a.school_id = t.school_id and a.profile = 'PUPIL' and a.ended_on is null
join ladder l on l.level = a.level
group by a.school_id
union all
select s.school_id, (
    select w.figures ->> 'entry' from feeds_runschool w join feeds_feedrun r on r.id = w.run_id
    where w.school_id = s.school_id and w.role = 'turned' and r.state = 'applied' order by w.run_id desc limit 1)
from scope s where s.families and not s.turns
-- ;
-- first classes that no pupil names yet: usual for days, when ONDE is slow to give numbers
create temporary table awaited_class on commit drop as
select e.school_id, e.label from entry_row e
join scope c on c.school_id = e.school_id and c.families and not c.stale
where e.label is not null and not exists (
    select from class_value v join plan_person p using (person_id)
    where v.school_id = e.school_id and p.level <> '' and position(p.level in e.label) > 0)
