-- The keys of the groups that a person is in by their schools (given) and their children's, and of the manual ones;
-- twice where someone is in a group by two children.
-- reads: accounts_user, directory_group, directory_membership, directory_scolarity_membership
-- why:   every page asks. Two arms, each read by the person's own rows: asked as one « or », every group of the
--        academy was looked at.
--        A function keeps the plans of its statement for as long as the connection lives: planned anew at
--        each page, it cost more than it reads.
create function directory_groups_within(asked bigint, schools bigint[])
returns setof bigint
language plpgsql stable as $$
begin
  return query
  select s.group_id
  from directory_scolarity_membership s
  join directory_group g on g.id = s.group_id
  join accounts_user t on t.id = s.through_id and t.pre_deleted_on is null
  where s.person_id = asked and g.school_id = any(schools)
  union all
  select m.group_id
  from directory_membership m
  join directory_group g on g.id = m.group_id and g.kind = 'MANUAL'
  where m.person_id = asked;
end
$$
