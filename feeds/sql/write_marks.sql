-- The date that this source applied last, school by school, families and staff apart.
-- reads: scope. writes: feeds_schoolmark.
-- why:   an older set is refused.
insert into feeds_schoolmark (school_id, source, part, fed_on, run_id)
select s.school_id, %(source)s, p.part, %(fed_on)s, %(run_id)s
from scope s
join (values ('F'), ('S')) p(part) on (p.part = 'F' and s.families and not s.stale) or (p.part = 'S' and s.staff)
on conflict (school_id, source, part) do update set
    fed_on = excluded.fed_on, run_id = excluded.run_id
