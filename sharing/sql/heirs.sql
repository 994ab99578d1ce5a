-- What becomes of the resources of people who are erased: (id, owner_id, read, heir, heir_school).
-- reads: sharing_resource, sharing_grant, accounts_user, directory_group, directory_attachment,
--        directory_guardianship.
-- why:   what others still read passes to a manager of it, else to the owner of the folder it lies in, else to
--        the school of its groups, else to its owner's last school, else (no school was ever known) to whoever
--        reads it with the highest right. `groups` are those in which somebody is left, `held` the
--        things of which readers hold copies, granted or not. The nearest grant and
--        folder count before those above; nobody reads what is in the trash but its owner.
with mine as (
  select r.id, r.owner_id, array_append(r.ancestors, r.id) as chain
  from sharing_resource r where r.owner_id = any(%(people)s) and r.trashed_at is null
), held as (
  select m.id, array_position(m.chain, g.resource_id) as depth, g.role, g.person_id, g.group_id, g.given_at,
    g.id as grant_id
  from mine m join sharing_grant g on g.resource_id = any(m.chain)
  where g.group_id = any(%(groups)s) or exists (
    select from accounts_user u
    where u.id = g.person_id and u.pre_deleted_on is null and u.id <> all(%(people)s))
), managers as (
  select distinct on (id) id, person_id from held where role = 4 and person_id is not null
  order by id, depth desc, given_at, grant_id
), folders as (
  select distinct on (m.id) m.id, f.owner_id, f.owner_school_id
  from mine m join sharing_resource f on f.id = any(m.chain) and f.id <> m.id
  left join accounts_user u on u.id = f.owner_id
  where f.trashed_at is null and (f.owner_id is null
    or (u.pre_deleted_on is null and u.id <> all(%(people)s)))
  order by m.id, array_position(m.chain, f.id) desc
), group_schools as (
  select distinct on (h.id) h.id, g.school_id
  from held h join directory_group g on g.id = h.group_id
  order by h.id, h.depth desc, h.given_at, h.grant_id
), readers as (
  select distinct on (id) id, person_id from held where person_id is not null
  order by id, role desc, depth desc, given_at, grant_id
), last_schools as (
  select distinct on (person_id) person_id, school_id
  from (
    select a.person_id, a.school_id, a.ended_on, a.since, a.id
    from directory_attachment a where a.person_id = any(%(people)s)
    union all
    select t.relative_id, a.school_id, coalesce(t.ended_on, a.ended_on), a.since, a.id
    from directory_guardianship t join directory_attachment a on a.person_id = t.pupil_id
    where t.relative_id = any(%(people)s)
  ) p
  order by person_id, ended_on desc nulls first, since desc, id
), chosen as (
  select m.id, m.owner_id, p.person_id as manager, f.id is not null as lies_in, f.owner_id as folder_owner,
    f.owner_school_id as folder_school, coalesce(g.school_id, l.school_id) as school, d.person_id as reader,
    f.id is not null or m.id = any(%(held)s::bigint[])
      or exists (select from held h where h.id = m.id) as read
  from mine m
  left join managers p on p.id = m.id
  left join folders f on f.id = m.id
  left join group_schools g on g.id = m.id
  left join readers d on d.id = m.id
  left join last_schools l on l.person_id = m.owner_id
)
select id, owner_id, coalesce(manager, folder_owner, case when folder_school is null and school is null then reader end) as heir,
  case when manager is null and folder_owner is null then coalesce(folder_school, school) end as heir_school
from chosen
where read and coalesce(manager, folder_owner, folder_school, school, reader) is not null
order by id
