-- What taking turnovers back restores, and what begun since is set aside.
-- reads: rollover_turnover, directory_schoolclass, directory_classattachment. writes: undo_plan.
-- why:   analysed, in the same act: the planner that takes one school for hundreds reads the class attachments,
--        and the people, of all.
create temporary table undo_plan on commit drop as
select t.id as turnover_id, t.school_id, t.from_year, t.feed_run is not null as holds, t.ended_class_attachments as class_attachments,
       t.lifted_detachments as detachments, t.lifted_blocks as blocks,
       array(
         select a.id from directory_classattachment a join directory_schoolclass c on c.id = a.school_class_id
         where c.school_id = t.school_id and c.year >= t.to_year and a.ended_on is null order by a.id
       ) as since_then,
       array(
         select a.id from directory_classattachment a join directory_schoolclass c on c.id = a.school_class_id
         where c.school_id = t.school_id and c.year >= t.to_year and a.ended_on is null and a.source = 'MANUAL'
         order by a.id
       ) as by_hand
from rollover_turnover t where t.id = any(%(ids)s)
-- ;
analyze pg_temp.undo_plan
