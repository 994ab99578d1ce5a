-- Who of these people is kept out now: (person_id, kind, school_name, message, ends_at), at an instant.
-- reads: accounts_user, schools_school, directory_attachment, directory_guardianship,
--        directory_tierestriction, directory_administrator, directory_block
-- why:   asked at each request of an open session, and for lists of the console, in one query.
--        A block of a person keeps them out. A block of a profile does when every school of theirs
--        blocks it; it never covers administrators.
--        A function keeps the plans of its statement for as long as the connection lives: planned anew at
--        each page, it cost more than it reads.
create function directory_kept_out(asked bigint[], at timestamptz)
returns table (person_id bigint, kind text, school_name text, message text, ends_at timestamptz)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  select b.person_id, 'person'::text, ''::text, b.message::text, b.ends_at
  from directory_block b
  where b.person_id = any(asked) and b.lifted_at is null
    and b.starts_at <= at and (b.ends_at is null or b.ends_at > at)
  union all
  select p.person_id, 'profile'::text, min(s.name)::text, coalesce(max(nullif(b.message, '')), '')::text, max(b.ends_at)
  from (
    select a.person_id, a.school_id, a.profile
    from directory_attachment a
    where a.person_id = any(asked) and a.ended_on is null
    union
    select t.relative_id, a.school_id, 'RELATIVE'
    from directory_guardianship t
    join accounts_user u on u.id = t.pupil_id and u.pre_deleted_on is null
    join directory_attachment a on a.person_id = t.pupil_id and a.ended_on is null and a.profile = 'PUPIL'
    where t.relative_id = any(asked) and t.ended_on is null
      and not exists (
        select from directory_tierestriction r
        where r.relative_id = t.relative_id and r.pupil_id = t.pupil_id and r.lifted_at is null
          and r."limit" = 'ENDED')
  ) p
  join schools_school s on s.id = p.school_id
  left join directory_block b
    on b.school_id = p.school_id and b.profile = p.profile and b.lifted_at is null
    and b.starts_at <= at and (b.ends_at is null or b.ends_at > at)
  where not exists (
    select from directory_administrator d where d.person_id = p.person_id and d.ended_on is null)
  group by p.person_id
  having bool_and(b.id is not null);
end
$$
