-- Who will no longer see what: a row for each person, thing and group of grants that end.
-- reads: turn_grant, {members} (group_id, person_id, through_id: who is in a group before the turn),
--        directory_scolarity_membership, directory_membership, directory_administrator, accounts_user,
--        schools_school, sharing_resource, sharing_grant. writes: turn_loss.
-- why:   one loses a thing when no grant that stays reaches it, on itself or on a folder above, and one owns
--        neither it nor a folder above. What lies in the trash is seen by nobody already.
drop table if exists pg_temp.turn_loss
-- ;
create temporary table turn_loss on commit drop as
with member as (
  select distinct m.group_id, m.person_id
  from {members} m
  join accounts_user u on u.id = m.person_id and u.pre_deleted_on is null
  join accounts_user w on w.id = m.through_id and w.pre_deleted_on is null
  where m.group_id in (select group_id from turn_grant)
), pair as (
  select distinct t.school_id, t.resource_id, t.group_id, m.person_id, r.ancestors || r.id as chain
  from turn_grant t
  join member m on m.group_id = t.group_id
  join sharing_resource r on r.id = t.resource_id and r.trashed_at is null
)
select p.school_id, p.resource_id, p.group_id, p.person_id
from pair p
where not exists (
    select from sharing_grant g where g.resource_id = any(p.chain) and g.person_id = p.person_id)
  and not exists (
    select from sharing_grant g
    where g.resource_id = any(p.chain) and g.group_id is not null
      and not exists (select from turn_grant t where t.grant_id = g.id)
      and (exists (
          select from directory_membership m where m.group_id = g.group_id and m.person_id = p.person_id)
        or exists (
          select from directory_scolarity_membership m
          where m.group_id = g.group_id and m.person_id = p.person_id)))
  and not exists (
    select from sharing_resource o where o.id = any(p.chain) and o.owner_id = p.person_id)
  and not exists (
    select from sharing_resource o
    join schools_school s on s.id = o.owner_school_id
    join directory_administrator a on a.person_id = p.person_id and a.ended_on is null
      and (a.school_id = s.id or a.district_id = s.district_id or a.academy_id = s.academy_id
        or a.scope = 'PLATFORM')
    where o.id = any(p.chain))
