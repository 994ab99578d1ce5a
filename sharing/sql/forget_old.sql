-- Deletes the withdrawals that nothing can put back any more.
-- reads: sharing_withdrawal.
-- writes: sharing_withdrawal, sharing_withdrawngrant.
-- why:   kept for so many days at least; a rollover's, until the school's next one too.
with old as (
  select w.id from sharing_withdrawal w
  where w.at < %(before)s
    and (w.reason <> 'ROLLOVER' or w.restored_at is not null or exists (
      select from sharing_withdrawal n
      where n.school_id = w.school_id and n.reason = 'ROLLOVER' and n.id > w.id and n.restored_at is null))
), emptied as (
  delete from sharing_withdrawngrant g using old where g.withdrawal_id = old.id
)
delete from sharing_withdrawal w using old where w.id = old.id
