-- What the turnover of schools ends and lifts, school by school.
-- reads: {relation} (school_id, from_year, to_year), directory_schoolclass, directory_classattachment,
--        directory_detachment, directory_block, schools_school, rollover_turnover. writes: turn_plan.
-- why:   told before anything is written; the preview, the act and its undo read the same rows. Analysed, in the
--        same exchange: the planner that takes one school for many reads the grants of all.
create temporary table turn_plan on commit drop as
select gen_random_uuid() as turnover, t.school_id, t.from_year, t.to_year, s.running_year as running_year_before,
       null::int as running_year, t.to_year as class_year,  -- as schools open their years
       array(
         select a.id from directory_classattachment a join directory_schoolclass c on c.id = a.school_class_id
         where c.school_id = t.school_id and c.year < t.to_year and a.ended_on is null order by a.id
       ) as class_attachments,
       -- a detachment bears the running year of its day: it is lifted by the turn that ends that year
       array(
         select d.id from directory_detachment d
         where d.school_id = t.school_id and d.running_year < t.to_year and d.lifted_at is null order by d.id
       ) as detachments,
       array(
         select b.id from directory_block b
         where b.school_id = t.school_id and b.until_turnover and b.lifted_at is null order by b.id
       ) as blocks,
       coalesce((
         select v.set_aside from rollover_turnover v
         where v.school_id = t.school_id and v.to_year = t.to_year and v.undone_at is not null
         order by v.id desc limit 1), '[]'::jsonb) as set_aside
from {relation} t join schools_school s on s.id = t.school_id;
analyze turn_plan
