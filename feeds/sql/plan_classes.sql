-- The classes that pupils name, and who is in them.
-- reads: class_stated, pupil_year, plan_person, plan_attachment, plan_absence, half_read, scope, known_school,
--        directory_schoolclass, directory_classattachment, directory_attachment, directory_detachment.
-- writes: the run's tables (class_value, plan_class, plan_class_attachment, flaw).
-- why:   values that count are of the latest year begun, those not ended at the feed's date (all ended, as
--        in summer: the last); a record without any leaves the class as it is.
drop table if exists pg_temp.class_value, pg_temp.plan_class, pg_temp.plan_class_attachment
-- ;
create temporary table class_value on commit drop as
with label as (
    select label, core_label(label) as folded from (select distinct label from class_stated) d),
-- most pupils tell one value, which needs no weighing
latest as (
    select v.*, f.folded, bool_or(coalesce(v.ends_on >= %(fed_on)s, true)) over (partition by v.person_id) as one_runs,
           max(v.ends_on) over (partition by v.person_id) as last_end
    from class_stated v join pupil_year y using (person_id, year) join label f using (label)
    where v.kind = 'P' and y.told > 1),
counted as (
    select v.person_id, v.school_id, v.year, v.class_key, v.label, f.folded, v.file, v.line
    from class_stated v join pupil_year y using (person_id, year) join label f using (label)
    where v.kind = 'P' and y.told = 1
    union all
    (select distinct on (person_id, school_id, class_key, folded)
            person_id, school_id, year, class_key, label, folded, file, line
     from latest
     where case when one_runs then coalesce(ends_on >= %(fed_on)s, true) else ends_on = last_end end
     order by person_id, school_id, class_key, folded, file, line))
select l.*
from counted l
join scope c on c.school_id = l.school_id and c.new_class_year = l.year and not c.stale
-- only where the record places the pupil
where exists (
    select from stated_place s where s.person_id = l.person_id and s.school_id = l.school_id and not s.gone)
  -- nor where an administrator's detachment wins: a class exists only once a pupil is in it
  and not exists (
    select from directory_detachment d
    where d.person_id = l.person_id and d.school_id = l.school_id and d.lifted_at is null
      and not (c.turns and d.running_year < c.new_class_year))
-- ;
analyze class_value (person_id, school_id, year, class_key)
-- ;
-- one row per class named: found by its key, else (a class without key) by its one normalised label
create temporary table plan_class on commit drop as
with named as (
    select distinct on (school_id, year, class_key, case when class_key = '' then folded end)
           school_id, year, class_key, label, folded, file, line
    from class_value
    order by school_id, year, class_key, case when class_key = '' then folded end, file, line),
found as (
    select n.*, coalesce(by_key.id, by_label.id) as class_id,
           coalesce(by_key.label, by_label.label) as label_before, by_key.id is not null as has_key,
           -- two keys of one label, where the CSV told one class: the first is that class, the other is new
           row_number() over (partition by by_label.id order by n.file, n.line) > 1 and by_label.id is not null as beside
    from named n
    left join directory_schoolclass by_key
      on by_key.school_id = n.school_id and by_key.year = n.year and by_key.key = n.class_key and n.class_key <> ''
    left join lateral (
        select c.id, c.label from directory_schoolclass c
        where c.school_id = n.school_id and c.year = n.year and c.folded_label = n.folded
          and by_key.id is null and (n.class_key = '' or c.key is null)
        order by c.key nulls last, c.id limit 1) by_label on true)
select coalesce(f.class_id, nextval((select pg_get_serial_sequence('directory_schoolclass', 'id')::regclass))) as class_id,
       f.class_id is null as is_new, f.school_id, f.year, nullif(f.class_key, '') as key, f.label, f.folded,
       f.label_before,
       f.class_id is not null and f.class_key <> '' and (not f.has_key or f.label is distinct from f.label_before)
         as changed
from (select case when beside then null else class_id end as class_id, school_id, year, class_key, label, folded,
             case when beside then null else label_before end as label_before, has_key
      from found) f
-- ;
create index on plan_class (school_id, year)
-- ;
analyze plan_class
-- ;
create temporary table plan_class_attachment on commit drop as
with stated as (
    -- the CSV's label may be that of two classes of AAF: whoever is in one of them stays there
    select distinct v.person_id, coalesce(mine.id, c.class_id) as class_id, v.school_id
    from class_value v
    join plan_class c
      on c.school_id = v.school_id and c.year = v.year
     and coalesce(c.key, '') = v.class_key and (v.class_key <> '' or c.folded = v.folded)
    left join lateral (
        select k.id from directory_classattachment a join directory_schoolclass k on k.id = a.school_class_id
        where %(school_id)s::bigint is not null and v.class_key = '' and a.person_id = v.person_id
          and a.ended_on is null and a.role = 'PUPIL' and k.school_id = v.school_id and k.year = v.year
          and k.folded_label = v.folded
        order by k.id limit 1) mine on true)
select nextval((select pg_get_serial_sequence('directory_classattachment', 'id')::regclass)) as id, 'open' as act, 'PUPIL' as role,
       s.person_id, s.class_id, s.school_id, null::text as source_before
from stated s
where not exists (
    select from directory_classattachment a
    where a.person_id = s.person_id and a.school_class_id = s.class_id and a.ended_on is null)
union all
select a.id, 'change', a.role, s.person_id, s.class_id, s.school_id, a.source
from stated s
join directory_classattachment a
  on a.person_id = s.person_id and a.school_class_id = s.class_id and a.ended_on is null
where a.source <> %(source)s
union all
-- a class of its own source that the record no longer states
select a.id, 'end', a.role, a.person_id, a.school_class_id, k.school_id, a.source
from directory_classattachment a
join directory_schoolclass k on k.id = a.school_class_id
left join scope c on c.school_id = k.school_id
where a.ended_on is null and a.role = 'PUPIL' and a.source = %(source)s
  and exists (select from class_value v where v.person_id = a.person_id)
  and (%(school_id)s::bigint is null or k.school_id = %(school_id)s)
  and not coalesce(c.stale, false)
  and not (coalesce(c.turns, false) and k.year < c.new_class_year)  -- the turnover ends those
  and not exists (select from stated s where s.person_id = a.person_id and s.class_id = a.school_class_id)
  and not exists (select from half_read h where h.person_id = a.person_id)
union all
-- who leaves the school leaves its classes, whoever attached them
select a.id, 'end', a.role, a.person_id, a.school_class_id, k.school_id, a.source
from plan_attachment p
join directory_classattachment a on a.person_id = p.person_id and a.ended_on is null
join directory_schoolclass k on k.id = a.school_class_id and k.school_id = p.school_id
left join scope c on c.school_id = k.school_id
where p.act = 'end'
  and not (coalesce(c.turns, false) and k.year < c.new_class_year)
  and not (a.role = 'PUPIL' and a.source = %(source)s and exists (select from class_value v where v.person_id = a.person_id))
-- ;
create unique index on plan_class_attachment (id)
-- ;
create index on plan_class_attachment (person_id)
-- ;
-- a record that tells no class: the one known stays, and a human is told
delete from flaw where code = 'class-untold'
-- ;
with untold as materialized (
    select p.* from plan_person p
    where p.kind = 'P' and %(speaks_of_pupils)s
      and not exists (select from stage_classvalue v where v.kind = 'P' and v.key = p.key))
insert into flaw
select distinct on (p.person_id) 'class-untold', p.kind, p.key, p.file, p.line, p.last_name || ' ' || p.first_name
from untold p
join directory_classattachment a on a.person_id = p.person_id and a.ended_on is null
join directory_schoolclass k on k.id = a.school_class_id
left join scope c on c.school_id = k.school_id
where not (coalesce(c.turns, false) and k.year < c.new_class_year)
  and not exists (select from plan_class_attachment x where x.id = a.id and x.act = 'end')
