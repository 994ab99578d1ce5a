from django.db import migrations

# What every page asks. A function keeps the plans of its statements for as long as the connection lives: planned
# anew at each page, they cost more than they read.
KEPT_OUT = """\
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
"""
STANDPOINT = """\
-- What one person's reach is made of: (kind, id, school), read in one go; `school` is that of a class.
-- reads: accounts_user, schools_school, directory_attachment, directory_classattachment,
--        directory_guardianship, directory_tierestriction, directory_administrator, directory_block,
--        directory_communicationrule
-- why:   every page asks; `directory.rules.Standpoint` tells what each kind means. A school closed to
--        the person by a block of their profile is not theirs for now, unless they administer it. What
--        a school changed of its rules is a kind of its own, « rule whom extent »; it never holds for
--        whoever directs it.
--        A function keeps the plans of its statement for as long as the connection lives: planned anew at
--        each page, it cost more than it reads.
create function directory_standpoint(asked bigint, at timestamptz)
returns table (kind text, id bigint, school bigint)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  with scopes as (
    select scope, school_id, district_id, academy_id
    from directory_administrator
    where person_id = asked and ended_on is null
  ),
  ties as (
    select t.pupil_id, r."limit" as restricted
    from directory_guardianship t
    join accounts_user p on p.id = t.pupil_id and p.pre_deleted_on is null
    left join directory_tierestriction r
      on r.relative_id = t.relative_id and r.pupil_id = t.pupil_id and r.lifted_at is null
    where t.relative_id = asked and t.ended_on is null
  ),
  -- the schools one belongs to, and those of one's children
  places as (
    select a.school_id, a.profile, a.is_head, a.person_id as through_id, null as restricted
    from directory_attachment a
    where a.person_id = asked and a.ended_on is null
    union all
    select a.school_id, 'RELATIVE', false, t.pupil_id, t.restricted
    from ties t
    join directory_attachment a on a.person_id = t.pupil_id and a.ended_on is null and a.profile = 'PUPIL'
    where t.restricted is distinct from 'ENDED'
  ),
  open_places as (
    select p.*, s.district_id, s.academy_id, s.relatives_reach_relatives
    from places p
    join schools_school s on s.id = p.school_id
    where exists (
        select from scopes c
        where c.scope = 'PLATFORM' or c.school_id = s.id or c.district_id = s.district_id
          or c.academy_id = s.academy_id)
      or not exists (
        select from directory_block b
        where b.school_id = p.school_id and b.profile = p.profile and b.lifted_at is null
          and b.starts_at <= at and (b.ends_at is null or b.ends_at > at))
  )
  select 'school'::text, school_id, null::bigint from open_places where profile <> 'RELATIVE'
  union
  select 'district', district_id, null from open_places
  where profile in ('TEACHER', 'STAFF') and district_id is not null
  union
  select 'closed_school', school_id, null from places
  where school_id not in (select school_id from open_places)
  union
  select 'circle', academy_id, null from open_places where is_head
  union
  select 'circle', d.academy_id, null from scopes c join schools_district d on d.id = c.district_id
  union
  select 'class', c.school_class_id, k.school_id
  from directory_classattachment c
  join directory_schoolclass k on k.id = c.school_class_id
  join open_places p on p.school_id = k.school_id and p.profile <> 'RELATIVE'
  where c.person_id = asked and c.ended_on is null
  union
  select 'child', pupil_id, null from ties where restricted is null
  union
  select 'child_school', school_id, null from open_places where profile = 'RELATIVE'
  union
  select 'child_class', c.school_class_id, k.school_id
  from open_places p
  join directory_classattachment c on c.person_id = p.through_id and c.ended_on is null and c.role = 'PUPIL'
  join directory_schoolclass k on k.id = c.school_class_id and k.school_id = p.school_id
  where p.profile = 'RELATIVE' and p.restricted is null
  union
  select 'free_child_school', school_id, null from open_places where profile = 'RELATIVE' and restricted is null
  union
  select 'rule ' || r.whom || ' ' || r.extent, r.school_id, null
  from accounts_user u
  join directory_communicationrule r on r.who = u.profile
  join open_places p on p.school_id = r.school_id and not p.is_head
  where u.id = asked
  union
  select 'rule RELATIVE CLASS', p.school_id, null
  from open_places p
  join accounts_user u on u.id = asked and u.profile = 'RELATIVE'
  where p.relatives_reach_relatives
  union
  select 'co_guardian', t.relative_id, null
  from directory_guardianship mine
  join directory_guardianship t on t.pupil_id = mine.pupil_id and t.ended_on is null
  where mine.relative_id = asked and mine.ended_on is null
  union
  select 'guardian', t.relative_id, null
  from directory_guardianship t
  where t.pupil_id = asked and t.ended_on is null
    and not exists (
      select from directory_tierestriction r
      where r.relative_id = t.relative_id and r.pupil_id = t.pupil_id and r.lifted_at is null)
  union
  select 'administered_school', school_id, null from scopes where scope = 'SCHOOL'
  union
  select 'administered_district', district_id, null from scopes where scope = 'DISTRICT'
  union
  select 'administered_academy', academy_id, null from scopes where scope = 'ACADEMY'
  union
  select 'platform', 0::bigint, null from scopes where scope = 'PLATFORM';
end
$$
"""
GROUPS = """\
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
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0017_use_of_a_favourite")]

    operations = [
        migrations.RunSQL(KEPT_OUT, "drop function directory_kept_out"),
        migrations.RunSQL(STANDPOINT, "drop function directory_standpoint"),
        migrations.RunSQL(GROUPS, "drop function directory_groups_within"),
    ]
