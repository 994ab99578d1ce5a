-- Who loses something of what was looked at, and the groups where somebody was found to lose nothing, of any of theirs.
-- reads: turn_grant, turn_ending, turn_audience, turn_kept.
-- writes: turn_loser (school_id, person_id), a person as often as found; turn_left (group_id).
-- why:   someone loses something by a group when they keep fewer of its things than end there.
create temporary table if not exists turn_loser (school_id bigint, person_id bigint) on commit drop;
insert into turn_loser
select distinct e.school_id, a.person_id
from (select school_id, group_id, count(*) as things from turn_ending group by 1, 2) e
join turn_audience a on a.group_id = e.group_id
left join (
  select t.group_id, k.person_id, count(*) as things
  from turn_ending t join turn_kept k on k.resource_id = t.resource_id group by 1, 2
) k on k.group_id = e.group_id and k.person_id = a.person_id
where coalesce(k.things, 0) < e.things;
drop table if exists pg_temp.turn_left;
create temporary table turn_left on commit drop as
select t.group_id from turn_grant t
where not exists (select from turn_ending e where e.group_id = t.group_id)
union
select a.group_id
from turn_audience a
join (select distinct school_id, group_id from turn_ending) e on e.group_id = a.group_id
where not exists (select from turn_loser l where l.person_id = a.person_id and l.school_id = e.school_id)
