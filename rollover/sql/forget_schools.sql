-- Deletes what is kept of turnovers undone, and of rehearsals, in schools that are about to go.
-- reads: {relation} (school_id). writes: rollover_turnover, rollover_rehearsal.
delete from rollover_rehearsal h using {relation} r where h.school_id = r.school_id
-- ;
delete from rollover_turnover t using {relation} r where t.school_id = r.school_id and t.undone_at is not null
