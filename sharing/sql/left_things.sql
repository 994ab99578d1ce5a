-- What is told of some resources at once: (id, people, below), how many people still see each, and how many
-- things lie in it.
-- reads: sharing_resource, sharing_reach, accounts_user, directory_membership, directory_scolarity_membership.
-- why:   a page of a list in one statement, by the indexes of grants and of ancestors; people, not grants, each
--        once: the pre-deleted, and who would see only through one of them, see nothing.
with chosen as (
  select unnest(%(resources)s::bigint[]) as id
), reached as (
  select r.resource_id as id, r.person_id, r.group_id
  from sharing_reach r where r.resource_id = any(%(resources)s::bigint[])
), people as (
  select id, person_id from reached where person_id is not null
  union
  select r.id, m.person_id from reached r join directory_membership m on m.group_id = r.group_id
  union
  select r.id, s.person_id
  from reached r
  join directory_scolarity_membership s on s.group_id = r.group_id
  join accounts_user t on t.id = s.through_id and t.pre_deleted_on is null
), counted as (
  select p.id, count(*) as people
  from people p join accounts_user u on u.id = p.person_id and u.pre_deleted_on is null
  group by p.id
)
select c.id, coalesce(n.people, 0) as people,
  (select count(*) from sharing_resource b where b.ancestors @> array[c.id] and b.trashed_at is null) as below
from chosen c left join counted n on n.id = c.id
