-- Of schools that a run made, keeps in the relation those that nothing hangs on.
-- reads: {relation} (school_id), directory_*. writes: {relation}.
-- why:   a group made by hand, a class, a person, a block or a right given says that the school is in use.
delete from {relation} r where exists (
    select from directory_attachment a where a.school_id = r.school_id
    union all select from directory_schoolclass c where c.school_id = r.school_id
    union all select from directory_administrator d where d.school_id = r.school_id
    union all select from directory_detachment d where d.school_id = r.school_id
    union all select from directory_block b where b.school_id = r.school_id
    union all select from directory_group g
              where g.school_id = r.school_id and g.kind = 'MANUAL' and not g.protected
    union all select from directory_membership m join directory_group g on g.id = m.group_id
              where g.school_id = r.school_id)
