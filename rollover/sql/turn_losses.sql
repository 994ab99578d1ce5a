-- Who is in the groups for which things end, and who keeps which thing all the same: what is needed to say, or to
-- count, who will no longer see what.
-- reads: turn_grant, turn_ending, {members} (group_id, person_id, through_id: who is in a group before the turn),
--        directory_scolarity_membership, directory_membership, directory_administrator, accounts_user,
--        schools_school, sharing_resource, sharing_grant.
-- writes: turn_audience (group_id, person_id), turn_kept (resource_id, person_id).
-- why:   one loses a thing when no grant that stays reaches it, on itself or on a folder above, and one owns
--        neither it nor a folder above. Kept apart, so that counting follows things and people, not their product:
--        asked pair by pair, a school's turn took minutes. Groups are given to the view of memberships as an
--        array: joined, it would read those of all schools. What is made is sent at once: one exchange with the
--        server.
drop table if exists pg_temp.turn_audience, pg_temp.turn_kept;
create temporary table turn_audience on commit drop as
with member as materialized (
  select m.group_id, m.person_id, m.through_id
  from {members} m where m.group_id = any (array(select distinct group_id from turn_ending))
), gone as materialized (
  select u.id from accounts_user u
  where u.id = any (array(select person_id from member union select through_id from member))
    and u.pre_deleted_on is not null
)
select distinct m.group_id, m.person_id
from member m
where not exists (select from gone g where g.id = m.person_id)
  and not exists (select from gone g where g.id = m.through_id);
create temporary table turn_kept on commit drop as
with thing as materialized (
  select r.id, r.ancestors, r.owner_id, r.owner_school_id
  from sharing_resource r where r.id in (select resource_id from turn_ending)
), above as materialized (
  select id as resource_id, id, owner_id, owner_school_id from thing
  union all
  select t.id, o.id, o.owner_id, o.owner_school_id
  from thing t cross join unnest(t.ancestors) as f (id) join sharing_resource o on o.id = f.id
  where t.ancestors <> '{}'
), granted as materialized (
  select a.resource_id, g.person_id, g.group_id
  from above a join sharing_grant g on g.resource_id = a.id
  where not exists (select from turn_grant t where t.grant_id = g.id)
)
select resource_id, person_id from granted where person_id is not null
union
select g.resource_id, m.person_id from granted g join directory_membership m on m.group_id = g.group_id
union
select g.resource_id, m.person_id
from granted g join directory_scolarity_membership m on m.group_id = g.group_id
where m.group_id = any (array(select distinct group_id from granted where group_id is not null))
union
select resource_id, owner_id from above where owner_id is not null
union
select a.resource_id, d.person_id
from above a
join schools_school s on s.id = a.owner_school_id
join directory_administrator d on d.ended_on is null
  and (d.school_id = s.id or d.district_id = s.district_id or d.academy_id = s.academy_id
    or d.scope = 'PLATFORM');
analyze pg_temp.turn_audience, pg_temp.turn_kept
