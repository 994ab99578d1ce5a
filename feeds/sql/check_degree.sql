-- How many structures the set lists (or, listing none, names), and how many of them are collèges.
-- reads: school_row, stage_place, known_school, schools_school. writes: nothing.
-- why:   read as of the other degree, a set would take over the attachments of schools that are not its own.
with listed as (
    select coalesce(nullif(r.kind, ''), s.kind, '') as kind
    from school_row r left join schools_school s on s.id = r.school_id
    union all
    select s.kind from (select distinct school_key from stage_place where not exists (select from school_row)) l
    join known_school k on k.school_key = l.school_key
    join schools_school s on s.id = k.school_id)
select count(*) as schools, count(*) filter (where kind = 'COLLEGE') as colleges from listed
