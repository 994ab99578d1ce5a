-- Moves this run's waiting records of one cause and part into the parked run's own schema.
-- reads: stage_*, parked, known_school. writes: the parked run's schema.
-- why:   they are planned anew from there, whatever has become of the files.
create table {schema}.stage_school as
select s.* from stage_school s
-- ;
create table {schema}.stage_person as
select p.* from stage_person p join parked x using (kind, key) where x.cause = %(cause)s and x.kind = any(%(kinds)s)
-- ;
create table {schema}.stage_place as
select l.* from stage_place l join parked x using (kind, key) where x.cause = %(cause)s and x.kind = any(%(kinds)s)
-- ;
create table {schema}.stage_classvalue as
select v.* from stage_classvalue v join parked x using (kind, key) where x.cause = %(cause)s and x.kind = any(%(kinds)s)
-- ;
create table {schema}.stage_tie as
select t.* from stage_tie t join parked x on x.kind = 'P' and x.key = t.key
where x.cause = %(cause)s and 'P' = any(%(kinds)s)
-- ;
create table {schema}.stage_badkey as
select b.* from stage_badkey b where b.kind = any(%(kinds)s)
-- ;
create table {schema}.stage_match as
select w.kind, w.key, w.person_id from who w join parked x using (kind, key)
where %(by_match)s and x.cause = %(cause)s and x.kind = any(%(kinds)s) and w.how <> 'new'
-- ;
create table {schema}.parked (kind text, key text, cause text)
-- ;
create table {schema}.stage_file as select * from stage_file
