-- Who each record is: known by key, by INE with the same birth date, by name within a school where the
-- CSV made the account; else new, with an id drawn now.
-- reads: stage_*, known_school, accounts_user, directory_attachment, directory_guardianship, feeds_schoolmark.
-- writes: the run's tables (stage_*, who, twin, stranger, flaw, shared, present, half_read).
-- why:   identity is exact, never fuzzy; a match that more than one person fits is no match. Whoever is found
--        is added to `who`, the rest at the end: a first import would otherwise rewrite every row of it. What
--        bears the key of an account that another has absorbed is that other's.
drop table if exists pg_temp.who, pg_temp.twin, pg_temp.stranger, pg_temp.shared, pg_temp.present, pg_temp.half_read
-- ;
update stage_match m set person_id = u.merged_into_id
from accounts_user u where u.id = m.person_id and u.merged_into_id is not null
-- ;
create temporary table who on commit drop as
select p.kind, p.key, coalesce(m.person_id, u.merged_into_id, u.id) as person_id,
       case when m.person_id is not null then 'match' when u.merged_into_id is not null then 'absorbed'
         else 'key' end as how
from stage_person p
left join stage_match m on m.kind = p.kind and m.key = p.key
left join accounts_user u
  on u.academy_id = %(academy_id)s and u.joining_kind = p.kind and u.joining_key = p.key
where coalesce(m.person_id, u.id) is not null
-- ;
-- two records of a set are one person's, whose accounts were made one: all that they state is stated of one,
-- under the key of the account kept, or the first; the strictest word on pictures holds
create temporary table twin on commit drop as
select kind, key, into_key from (
    select w.kind, w.key, count(*) over (partition by w.person_id) as records,
           first_value(w.key) over (partition by w.person_id order by w.how = 'absorbed', w.key) as into_key
    from who w
    where w.person_id in (select u.merged_into_id from accounts_user u where u.merged_into_id is not null)) d
where records > 1
-- ;
update stage_person p set photo_consent = s.photo_consent
from (
    select t.kind, t.into_key, bool_and(o.photo_consent) as photo_consent
    from twin t join stage_person o on o.kind = t.kind and o.key = t.key group by t.kind, t.into_key) s
where p.kind = s.kind and p.key = s.into_key and p.photo_consent is distinct from s.photo_consent
-- ;
delete from twin where key = into_key
-- ;
delete from stage_person p using twin t
where exists (select from twin) and p.kind = t.kind and p.key = t.key
-- ;
delete from who w using twin t where exists (select from twin) and w.kind = t.kind and w.key = t.key
-- ;
update stage_place l set key = t.into_key from twin t
where exists (select from twin) and l.kind = t.kind and l.key = t.key
-- ;
-- a school stated twice: the one that does not end, else that ends last
delete from stage_place l using twin t
where exists (select from twin) and l.kind = t.kind and l.key = t.into_key and exists (
    select from stage_place o
    where o.kind = l.kind and o.key = l.key and o.school_key = l.school_key
      and (coalesce(o.left_on, 'infinity'), o.ctid) > (coalesce(l.left_on, 'infinity'), l.ctid))
-- ;
update stage_classvalue v set key = t.into_key from twin t
where exists (select from twin) and v.kind = t.kind and v.key = t.key
-- ;
update stage_tie s set key = t.into_key from twin t
where exists (select from twin) and t.kind = 'P' and s.key = t.key
-- ;
update stage_tie s set relative_key = t.into_key from twin t
where exists (select from twin) and t.kind = 'R' and s.relative_key = t.key
-- ;
delete from stage_tie s using twin t
where exists (select from twin)
  and (t.kind = 'P' and s.key = t.into_key or t.kind = 'R' and s.relative_key = t.into_key) and exists (
    select from stage_tie o
    where o.key = s.key and o.relative_key = s.relative_key and (o.rank, o.ctid) < (s.rank, s.ctid))
-- ;
create temporary table stranger on commit drop as
select p.kind, p.key from stage_person p
where not exists (select from who r where r.kind = p.kind and r.key = p.key)
-- ;
analyze who, stranger
-- ;
-- by INE, across the instance's academies, only when the birth dates agree; the record that an academy keeps of
-- a pupil who has left it takes nobody back from the next one
with found as (
    select n.key, min(u.id) as person_id
    from stranger n
    join stage_person p on p.kind = n.kind and p.key = n.key
    join accounts_user u on u.ine = p.ine and u.ine <> '' and u.birth_date = p.birth_date and u.profile = 'PUPIL'
      and u.merged_into_id is null
    where n.kind = 'P' and p.ine_joins and p.ine <> ''
      and exists (
        select from stage_place l
        where l.kind = n.kind and l.key = n.key and coalesce(l.left_on >= %(fed_on)s, true))
    group by n.key
    having count(*) = 1)
insert into who
select 'P', f.key, f.person_id, 'ine' from found f
where not exists (select from who o where o.person_id = f.person_id)
-- ;
-- an INE known already, of a child born on another day: told to a human, joins nobody
insert into flaw
select distinct 'ine-of-another', p.kind, p.key, p.file, p.line, p.ine
from stage_person p
join accounts_user u
  on u.ine = p.ine and u.ine <> '' and u.profile = 'PUPIL' and u.birth_date <> p.birth_date
 and u.merged_into_id is null
left join who r on r.kind = p.kind and r.key = p.key
where p.kind = 'P' and p.ine_joins and p.ine <> '' and u.id is distinct from r.person_id
-- ;
-- by names and birth date, an account that the CSV made in a school that the record states
with theirs as materialized (
    select u.id, u.profile = 'PUPIL' as is_pupil, u.birth_date, u.ine, a.school_id,
           replace(core_fold(n.first_name), ' ', '') as first_name,
           replace(core_fold(n.last_name), ' ', '') as last_name,
           replace(core_fold(n.birth_name), ' ', '') as birth_name
    from accounts_user u join directory_attachment a on a.person_id = u.id and a.ended_on is null
    join accounts_user n on n.id = u.id or n.merged_into_id = u.id
    where %(by_name)s and u.source = 'ONDE_CSV' and u.joining_key is null),
candidates as (
    select distinct n.kind, n.key, u.id as person_id
    from stranger n
    join stage_person p on p.kind = n.kind and p.key = n.key
    join stage_place l on l.kind = n.kind and l.key = n.key
    join known_school k on k.school_key = l.school_key
    join theirs u on u.school_id = k.school_id and u.is_pupil = (n.kind = 'P')
    where exists (select from theirs) and n.kind in ('P', 'S')
      and not exists (select from who r where r.kind = n.kind and r.key = n.key)
      and u.first_name = replace(core_fold(p.first_name), ' ', '')
      and replace(core_fold(p.last_name), ' ', '') in (u.last_name, u.birth_name)
      and (n.kind = 'S' or u.birth_date = p.birth_date)
      and (p.ine = '' or u.ine = '' or u.ine = p.ine)),
once as (
    select kind, key, min(person_id) as person_id from candidates group by kind, key having count(*) = 1),
both_ways as (
    select min(kind) as kind, min(key) as key, person_id from once group by person_id having count(*) = 1)
insert into who
select b.kind, b.key, b.person_id, 'name' from both_ways b
where not exists (select from who o where o.person_id = b.person_id)
-- ;
-- their relatives: by names, through a child in common
with theirs as materialized (
    select u.id, g.pupil_id,
           replace(core_fold(n.first_name), ' ', '') as first_name,
           replace(core_fold(n.last_name), ' ', '') as last_name,
           replace(core_fold(n.birth_name), ' ', '') as birth_name
    from accounts_user u join directory_guardianship g on g.relative_id = u.id and g.ended_on is null
    join accounts_user n on n.id = u.id or n.merged_into_id = u.id
    where %(by_name)s and u.source = 'ONDE_CSV' and u.joining_key is null),
candidates as (
    select distinct n.key, u.id as person_id
    from stranger n
    join stage_person p on p.kind = 'R' and p.key = n.key
    join stage_tie t on t.relative_key = n.key
    join who child on child.kind = 'P' and child.key = t.key
    join theirs u on u.pupil_id = child.person_id
    where exists (select from theirs) and n.kind = 'R'
      and not exists (select from who r where r.kind = 'R' and r.key = n.key)
      and u.first_name = replace(core_fold(p.first_name), ' ', '')
      and replace(core_fold(p.last_name), ' ', '') in (u.last_name, u.birth_name)),
once as (select key, min(person_id) as person_id from candidates group by key having count(*) = 1),
both_ways as (select min(key) as key, person_id from once group by person_id having count(*) = 1)
insert into who
select 'R', b.key, b.person_id, 'name' from both_ways b
where not exists (select from who o where o.person_id = b.person_id)
-- ;
-- the sequence is looked up once: by name in each row, that alone would cost as much as the rest
delete from stranger n using who r where r.kind = n.kind and r.key = n.key
-- ;
insert into who
select kind, key, nextval((select pg_get_serial_sequence('accounts_user', 'id')::regclass)), 'new' from stranger
-- ;
create unique index on who (person_id)
-- ;
analyze who (kind, key, person_id)
-- ;
-- whom the other degree states as well, and told of first: who they are and the key that leads to them stay its
-- to say for as long as it states them, or the two would take them from one another every night
create temporary table shared on commit drop as
select w.person_id from who w
join accounts_user u on u.id = w.person_id and u.source = %(other)s
where exists (select from feeds_schoolmark m where m.source = %(other)s)
  and u.absent_since is null and u.pre_deleted_on is null
  and case when w.kind = 'R' then exists (
      select from directory_guardianship g
      join accounts_user c on c.id = g.pupil_id and c.absent_since is null
      join directory_attachment a on a.person_id = c.id and a.ended_on is null and a.source = u.source
      where g.relative_id = u.id and g.ended_on is null and g.source = u.source)
    else exists (
      select from directory_attachment a where a.person_id = u.id and a.ended_on is null and a.source = u.source) end
-- ;
-- who cannot be read today: they have not left; those whose records wait join them with the plan
create temporary table present on commit drop as
select m.person_id from stage_badkey b join stage_match m on m.kind = b.kind and m.key = b.key
union
select coalesce(u.merged_into_id, u.id) from stage_badkey b
join accounts_user u on u.academy_id = %(academy_id)s and u.joining_kind = b.kind and u.joining_key = b.key
union
-- whose account bears the key that the other degree gave them: their INE tells who is meant
select u.id from stage_badkey b
join accounts_user u on u.ine = b.ine and u.ine <> '' and u.profile = 'PUPIL' and u.source = %(other)s
where b.kind = 'P' and b.ine <> '' and u.merged_into_id is null
-- ;
-- whose accounts were made one, and of whose records only some can be read today: what those say is taken,
-- what they do not say may be said by the other
create temporary table half_read on commit drop as
select x.person_id from present x join who w on w.person_id = x.person_id where w.how <> 'new'
