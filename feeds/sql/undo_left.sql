-- Accounts that a run made, that are in use, and that its undoing leaves with no school and no child.
-- reads: undo_kept, accounts_user, directory_attachment, directory_guardianship. writes: undo_left.
-- why:   they are absent from today: the usual delays take care of them.
create temporary table undo_left on commit drop as
select k.person_id from undo_kept k
join accounts_user u on u.id = k.person_id and u.merged_into_id is null
where not exists (
    select from directory_attachment a where a.person_id = k.person_id and a.ended_on is null
    union all select from directory_guardianship g where g.relative_id = k.person_id and g.ended_on is null)
