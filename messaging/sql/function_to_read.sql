-- How many messages wait for someone at an instant: not opened, in folders too; and, for who teaches, of pupils of
-- theirs, to be read before they go. Each counted up to `most`.
-- reads: messaging_copy, messaging_message, directory_classattachment, directory_schoolclass, schools_school
-- why:   every page asks; `messaging.querysets.unread_of` and `messaging.care.to_review_count` say the same. A function
--        keeps the plans of its statements for as long as the connection lives.
create function messaging_to_read(asked bigint, instant timestamptz, teaches boolean, most int) returns int
language plpgsql stable as $$
declare
  unread int;
  held int := 0;
begin
  select count(*) into unread from (
    select from messaging_copy c
    where c.person_id = asked and c.box = 'IN' and c.trashed_at is null and c.read_at is null and c.at <= instant
    limit most
  ) u;
  if teaches then
    select count(*) into held from (
      select from messaging_message m
      where m.state = 'HELD' and m.author_id in (
        select p.person_id
        from directory_classattachment t
        join directory_schoolclass k on k.id = t.school_class_id
        join schools_school s on s.id = k.school_id and s.class_year = k.year
        join directory_classattachment p
          on p.school_class_id = t.school_class_id and p.role = 'PUPIL' and p.ended_on is null
        where t.person_id = asked and t.role = 'TEACHER' and t.ended_on is null)
      limit most
    ) h;
  end if;
  return unread + held;
end
$$
