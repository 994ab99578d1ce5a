-- Ties and relatives: a relative is taken in because a pupil names them, never by their own record.
-- reads: stage_*, accounts_user. writes: the run's schema (flaw; rows leave stage_*).
-- why:   ties are stated by the pupil's record alone.
-- a tie to a relative who is neither in the set nor known
insert into flaw
select 'relative-unknown', 'P', t.key, t.file, t.line, t.relative_key
from stage_tie t
where not exists (select from stage_person p where p.kind = 'R' and p.key = t.relative_key)
  and not exists (
    select from accounts_user u
    where u.academy_id = %(academy_id)s and u.joining_kind = 'R' and u.joining_key = t.relative_key)
  and not exists (select from stage_badkey b where b.kind = 'R' and b.key = t.relative_key)
  and not exists (select from stage_match m where m.kind = 'R' and m.key = t.relative_key)
-- ;
delete from stage_tie t using flaw f
where f.code = 'relative-unknown' and f.key = t.key and f.value = t.relative_key
-- ;
-- the ties of records set aside were looked at, no more is made of them
delete from stage_tie t where not exists (select from stage_person p where p.kind = 'P' and p.key = t.key)
-- ;
-- a relative whom no readable pupil names
insert into flaw
select 'relative-unnamed', p.kind, p.key, p.file, p.line, p.last_name || ' ' || p.first_name
from stage_person p
where p.kind = 'R' and not exists (select from stage_tie t where t.relative_key = p.key)
-- ;
delete from stage_person p using flaw f
where f.code = 'relative-unnamed' and p.kind = 'R' and f.key = p.key
-- ;
-- one INE on two records born on different days, or on two keys: it joins nobody
insert into flaw
select 'ine-twice', p.kind, p.key, p.file, p.line, p.ine
from stage_person p
join (select ine from stage_person where ine_joins group by ine having count(*) > 1) d using (ine)
where p.ine_joins
-- ;
update stage_person p set ine_joins = false from flaw f where f.code = 'ine-twice' and f.kind = p.kind and f.key = p.key
