-- Marks turnovers as undone and keeps what was made by hand since, for the day the school turns again.
-- reads: undo_plan. writes: rollover_turnover.
update rollover_turnover t set undone_at = %(now)s, undone_by = %(by)s, set_aside = to_jsonb(p.by_hand)
from undo_plan p where p.turnover_id = t.id
