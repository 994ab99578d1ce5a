-- Sets aside the records that cannot be used whole: they stay known as keys, so that nobody leaves by a slip.
-- reads: stage_*, known_school, school_flaw, accounts_user, feeds_schoolmark. writes: the run's tables (flaw, twice, stage_badkey; rows leave stage_*).
-- why:   one list of flaws, each with its place; what follows needs no more care for them. Keys met twice are
--        few: found first, so that digests are compared for those alone.
drop table if exists pg_temp.flaw, pg_temp.twice
-- ;
create temporary table flaw (code text, kind text, key text, file int, line int, value text) on commit drop
-- ;
insert into flaw select code, 'E', key, file, line, value from school_flaw
-- ;
create temporary table twice on commit drop as
select kind, key, min(ctid) as kept from stage_person group by kind, key having count(*) > 1
-- ;
-- one key on records that differ: neither is guessed at
insert into flaw
select 'key-twice', p.kind, p.key, p.file, p.line, p.last_name || ' ' || p.first_name
from stage_person p
join (
    select s.kind, s.key from stage_person s join twice t using (kind, key)
    group by s.kind, s.key having count(distinct s.digest) > 1) d using (kind, key)
where exists (select from twice)
-- ;
-- the same record twice, to the letter: one is enough
delete from stage_person p using twice d
where exists (select from twice)
  and p.kind = d.kind and p.key = d.key and p.ctid <> d.kept
  and not exists (select from flaw f where f.kind = p.kind and f.key = p.key)
-- ;
delete from stage_place l using twice d
where exists (select from twice)
  and l.kind = d.kind and l.key = d.key
  and exists (
    select from stage_place o
    where o.kind = l.kind and o.key = l.key and o.school_key = l.school_key and o.ctid < l.ctid)
-- ;
-- a place at a school that neither the set nor the academy knows
insert into flaw
select 'school-unknown', '', '', min(p.file), min(p.line), l.school_key
from stage_place l
join stage_person p using (kind, key)
where not exists (select from known_school k where k.school_key = l.school_key)
group by l.school_key
-- ;
-- every school of a person unknown, or none stated
insert into flaw
select 'no-known-school', p.kind, p.key, p.file, p.line, p.last_name || ' ' || p.first_name
from stage_person p
where p.kind in ('P', 'S')
  and not exists (select from flaw f where f.kind = p.kind and f.key = p.key)
  and not exists (
    select from stage_place l join known_school k using (school_key) where l.kind = p.kind and l.key = p.key)
-- ;
-- a key known by the other degree, of a child born on another day: nobody's account is given to another
insert into flaw
select 'key-of-another', p.kind, p.key, p.file, p.line, p.last_name || ' ' || p.first_name
from stage_person p
join accounts_user u on u.academy_id = %(academy_id)s and u.joining_kind = p.kind and u.joining_key = p.key
where exists (select from feeds_schoolmark m where m.source = %(other)s)
  and p.kind = 'P' and u.source = %(other)s and u.birth_date <> p.birth_date
  and not exists (select from flaw f where f.kind = p.kind and f.key = p.key)
-- ;
insert into stage_badkey (kind, key, line, file, school_keys, relative_keys, ine, last_name, birth_name, first_name)
select distinct on (p.kind, p.key) p.kind, p.key, p.line, p.file,
       array(select school_key from stage_place l where l.kind = p.kind and l.key = p.key),
       array(select relative_key from stage_tie t where p.kind = 'P' and t.key = p.key),
       p.ine, p.last_name, p.birth_name, p.first_name
from stage_person p join flaw f using (kind, key)
where exists (select from flaw)
-- ;
delete from stage_person p using flaw f
where exists (select from flaw) and f.kind = p.kind and f.key = p.key
-- ;
delete from stage_place l where not exists (select from known_school k where k.school_key = l.school_key)
