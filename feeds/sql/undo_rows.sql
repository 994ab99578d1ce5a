-- What one run added and changed, entity by entity, latest first.
-- reads: feeds_effect. writes: the session's temporary tables (undo_added, undo_changed).
create temporary table undo_added on commit drop as
select entity, unnest(ids) as id from feeds_effect where run_id = %(run_id)s and action = 'insert'
-- ;
create temporary table undo_changed on commit drop as
select entity, ids[1] as id, before, after, id as effect_id
from feeds_effect where run_id = %(run_id)s and action = 'update'
