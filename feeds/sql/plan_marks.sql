-- Small relations that apply hands down: who leaves, who is back, which schools move, which name their staff.
-- reads: the run's schema. writes: the run's schema (leaving, coming_back, year_row, turn_row, staff_school).
drop table if exists leaving, coming_back, year_row, turn_row, staff_school
-- ;
create unlogged table leaving as
select person_id from plan_absence
union
select person_id from plan_relative where act = 'absent'
-- ;
create unlogged table coming_back as
select person_id from plan_person p
where p.absent_since is not null and p.kind in ('P', 'S')
  and exists (select from stated_place s where s.person_id = p.person_id and not s.gone)
union
select person_id from plan_relative where act = 'restored'
-- ;
create unlogged table year_row as
select school_id, case when opens_running_year then %(feed_year)s end as running_year,
       case when opens then new_class_year end as class_year
from scope where opens_running_year or opens
-- ;
create unlogged table turn_row as
select school_id, class_year as from_year, new_class_year as to_year from scope where turns
-- ;
create unlogged table staff_school as select school_id from scope where staff
