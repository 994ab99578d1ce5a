-- Who teaches some classes, by name: (class_key, person, civility, first_name, last_name).
-- reads: accounts_user, directory_classattachment
-- why:   home pages of pupils and relatives ask. A function keeps the plan of its statement for as long as the
--        connection lives: planned anew at each page, it cost more than it reads.
create function directory_teachers(classes bigint[])
returns table (class_key bigint, person bigint, civility text, first_name text, last_name text)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  select c.school_class_id, p.id, p.civility::text, p.first_name::text, p.last_name::text
  from directory_classattachment c
  join accounts_user p on p.id = c.person_id and p.pre_deleted_on is null
  where c.school_class_id = any(classes) and c.role = 'TEACHER' and c.ended_on is null
  order by p.sort_name, p.id;
end
$$
