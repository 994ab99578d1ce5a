-- Who each record is: known by key, by INE with the same birth date, by name within a school where the
-- CSV made the account; else new, with an id drawn now.
-- reads: stage_*, known_school, accounts_user, directory_attachment, directory_guardianship.
-- writes: the run's schema (who).
-- why:   identity is exact, never fuzzy; a match that more than one person fits is no match.
create unlogged table who as
select p.kind, p.key, coalesce(m.person_id, u.id) as person_id,
       case when m.person_id is not null then 'match' when u.id is not null then 'key' end as how
from stage_person p
left join stage_match m on m.kind = p.kind and m.key = p.key
left join accounts_user u
  on u.academy_id = %(academy_id)s and u.joining_kind = p.kind and u.joining_key = p.key
-- ;
create unique index on who (kind, key)
-- ;
-- by INE, across the instance's academies, only when the birth dates agree
with found as (
    select w.key, min(u.id) as person_id
    from who w
    join stage_person p on p.kind = w.kind and p.key = w.key
    join accounts_user u on u.ine = p.ine and u.birth_date = p.birth_date and u.profile = 'PUPIL'
    where w.kind = 'P' and w.person_id is null and p.ine_joins and p.ine <> ''
    group by w.key
    having count(*) = 1)
update who w set person_id = f.person_id, how = 'ine'
from found f
where w.kind = 'P' and w.key = f.key
  and not exists (select from who o where o.person_id = f.person_id)
-- ;
-- an INE known already, of a child born on another day: told to a human, joins nobody
insert into flaw
select 'ine-of-another', w.kind, w.key, p.file, p.line, p.ine
from who w
join stage_person p on p.kind = w.kind and p.key = w.key
where w.kind = 'P' and p.ine_joins and p.ine <> ''
  and exists (
    select from accounts_user u
    where u.ine = p.ine and u.profile = 'PUPIL' and u.birth_date <> p.birth_date and u.id is distinct from w.person_id)
-- ;
-- by names and birth date, an account that the CSV made in a school that the record states
with candidates as (
    select distinct w.kind, w.key, u.id as person_id
    from who w
    join stage_person p on p.kind = w.kind and p.key = w.key
    join stage_place l on l.kind = w.kind and l.key = w.key
    join known_school k on k.school_key = l.school_key
    join directory_attachment a on a.school_id = k.school_id and a.ended_on is null
    join accounts_user u on u.id = a.person_id
    where %(by_name)s and w.person_id is null and w.kind in ('P', 'S')
      and u.source = 'ONDE_CSV' and u.joining_key is null
      and (w.kind = 'P') = (u.profile = 'PUPIL')
      and replace(core_fold(u.first_name), ' ', '') = replace(core_fold(p.first_name), ' ', '')
      and replace(core_fold(p.last_name), ' ', '') in (
        replace(core_fold(u.last_name), ' ', ''), replace(core_fold(u.birth_name), ' ', ''))
      and (w.kind = 'S' or u.birth_date = p.birth_date)
      and (p.ine = '' or u.ine = '' or u.ine = p.ine)),
once as (
    select kind, key, min(person_id) as person_id from candidates group by kind, key having count(*) = 1),
both_ways as (
    select min(kind) as kind, min(key) as key, person_id from once group by person_id having count(*) = 1)
update who w set person_id = b.person_id, how = 'name'
from both_ways b
where w.kind = b.kind and w.key = b.key and not exists (select from who o where o.person_id = b.person_id)
-- ;
-- their relatives: by names, through a child in common
with candidates as (
    select distinct w.key, u.id as person_id
    from who w
    join stage_person p on p.kind = 'R' and p.key = w.key
    join stage_tie t on t.relative_key = w.key
    join who child on child.kind = 'P' and child.key = t.key
    join directory_guardianship g on g.pupil_id = child.person_id and g.ended_on is null
    join accounts_user u on u.id = g.relative_id
    where %(by_name)s and w.kind = 'R' and w.person_id is null
      and u.source = 'ONDE_CSV' and u.joining_key is null
      and replace(core_fold(u.first_name), ' ', '') = replace(core_fold(p.first_name), ' ', '')
      and replace(core_fold(p.last_name), ' ', '') in (
        replace(core_fold(u.last_name), ' ', ''), replace(core_fold(u.birth_name), ' ', ''))),
once as (select key, min(person_id) as person_id from candidates group by key having count(*) = 1),
both_ways as (select min(key) as key, person_id from once group by person_id having count(*) = 1)
update who w set person_id = b.person_id, how = 'name'
from both_ways b
where w.kind = 'R' and w.key = b.key and not exists (select from who o where o.person_id = b.person_id)
-- ;
update who set person_id = nextval(pg_get_serial_sequence('accounts_user', 'id')), how = 'new' where person_id is null
-- ;
create unique index on who (person_id)
-- ;
analyze who
-- ;
-- who cannot be read today: they have not left; those whose records wait join them with the plan
create unlogged table present as
select m.person_id from stage_badkey b join stage_match m on m.kind = b.kind and m.key = b.key
union
select u.id from stage_badkey b
join accounts_user u on u.academy_id = %(academy_id)s and u.joining_kind = b.kind and u.joining_key = b.key
