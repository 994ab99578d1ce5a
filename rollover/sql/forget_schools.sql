-- Deletes what is kept of turnovers undone in schools that are about to go.
-- reads: {relation} (school_id). writes: rollover_turnover.
delete from rollover_turnover t using {relation} r where t.school_id = r.school_id and t.undone_at is not null
