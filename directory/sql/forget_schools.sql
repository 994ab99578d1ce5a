-- Closes the groups of schools that nothing hangs on.
-- reads: {relation} (school_id). writes: directory_favouriteentry, directory_group.
delete from directory_favouriteentry e using directory_group g, {relation} r
where e.group_id = g.id and g.school_id = r.school_id
-- ;
delete from directory_group g using {relation} r where g.school_id = r.school_id
