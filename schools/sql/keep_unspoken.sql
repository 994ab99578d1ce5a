-- Takes out of schools that are about to go those that a table speaks of.
-- reads: {table} (of any room: models say which bear a school). writes: {relation}.
delete from {relation} r where exists (select from {table} t where t.{column} = r.school_id)
