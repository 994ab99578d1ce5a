-- Gives the marks of a run back to the last run before it that named the school, of its source and part.
-- reads: feeds_runschool, feeds_feedrun. writes: feeds_schoolmark.
-- why:   rows that name a school are written as runs are applied: their order is that of the applications,
--        whatever the runs' numbers (a run that waited is applied later than newer ones).
delete from feeds_schoolmark where run_id = %(run_id)s
-- ;
insert into feeds_schoolmark (school_id, source, part, fed_on, run_id)
select distinct on (w.school_id, w.part) w.school_id, r.source, w.part, r.fed_on, r.id
from feeds_feedrun undone
join feeds_runschool mine on mine.run_id = undone.id and mine.role = 'named'
join feeds_runschool w on w.school_id = mine.school_id and w.part = mine.part and w.role = 'named'
join feeds_feedrun r on r.id = w.run_id and r.state = 'applied' and r.source = undone.source and r.id <> undone.id
where undone.id = %(run_id)s
order by w.school_id, w.part, w.id desc
on conflict (school_id, source, part) do nothing
