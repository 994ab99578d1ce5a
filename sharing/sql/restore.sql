-- Puts the grants of withdrawals back as they were, with their own keys.
-- reads: sharing_resource, accounts_user, directory_group (what still exists), sharing_losttitle.
-- writes: sharing_withdrawngrant, sharing_grant.
-- why:   what no longer exists has nothing to come back to, and is named; where the same was shared again
--        meanwhile, that grant stays, with the higher role and the origins of both. A row that cannot come
--        back leaves with the others: undo is done once.
with back as (
  delete from sharing_withdrawngrant w where w.withdrawal_id = any(%(withdrawals)s)
  returning w.*
), judged as (
  select b.*,
    exists (select from sharing_resource r where r.id = b.resource_id)
    and (b.person_id is null or exists (select from accounts_user u where u.id = b.person_id))
    and (b.group_id is null or exists (select from directory_group g where g.id = b.group_id)) as stands,
    -- by the index of either kind: a thing may be shared with thousands of persons
    (select g.id from sharing_grant g where g.resource_id = b.resource_id and g.person_id = b.person_id
     union all
     select g.id from sharing_grant g
     where g.resource_id = b.resource_id and g.group_id = b.group_id and g.year is not distinct from b.year) as same
  from back b
), put as (
  insert into sharing_grant (id, resource_id, role, person_id, group_id, year, given_by, given_at, origins)
  overriding system value
  select grant_id, resource_id, role, person_id, group_id, year, given_by, given_at, origins
  from judged where stands and same is null
  returning id
), joined as (
  update sharing_grant g
  set role = greatest(g.role, j.role),
    origins = g.origins || coalesce((
      select jsonb_agg(o) from jsonb_array_elements(j.origins) o where not g.origins @> jsonb_build_array(o)
    ), '[]'::jsonb)
  from judged j where j.stands and g.id = j.same
  returning g.id
)
select (select count(*) from put) + (select count(*) from joined) as restored,
  array(
    select distinct coalesce(r.title, l.title, '') from judged j
    left join sharing_resource r on r.id = j.resource_id
    left join sharing_losttitle l on l.resource_id = j.resource_id
    where not j.stands order by 1
  ) as lost
