-- The schools that a run made and that no other run speaks of, but those undone already; not
-- those that own something, or for which something is set aside.
-- reads: undo_added, feeds_runschool, feeds_schoolmark, feeds_feedrun, sharing_resource, sharing_withdrawal,
--        rollover_turnover. writes: undo_school.
create temporary table undo_school on commit drop as
select x.id as school_id from undo_added x
where x.entity = 'school'
  and not exists (
    select from feeds_runschool w join feeds_feedrun r on r.id = w.run_id
    where w.school_id = x.id and r.id <> %(run_id)s and r.state <> 'undone')
  and not exists (select from feeds_schoolmark m where m.school_id = x.id and m.run_id <> %(run_id)s)
  and not exists (
    select from feeds_feedrun r where r.school_id = x.id and r.id <> %(run_id)s and r.state <> 'undone')
  and not exists (select from sharing_resource o where o.owner_school_id = x.id)
  and not exists (select from sharing_withdrawal w where w.school_id = x.id)
  and not exists (select from rollover_turnover t where t.school_id = x.id and t.undone_at is null)
