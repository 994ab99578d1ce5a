-- What the run itself says of schools that are about to go.
-- reads: undo_school. writes: feeds_runschool, feeds_schoolmark, feeds_feedrun.
delete from feeds_runschool w using undo_school s where w.school_id = s.school_id
-- ;
delete from feeds_schoolmark m using undo_school s where m.school_id = s.school_id
-- ;
update feeds_feedrun r set school_id = null from undo_school s where r.school_id = s.school_id
