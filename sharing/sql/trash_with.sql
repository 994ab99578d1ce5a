-- Puts things in the trash, each with the folder that takes it there; what is there already stays as it is.
-- Answers (id, folder_id) of what went.
-- reads: sharing_resource.
-- writes: sharing_resource.
-- locks: the rows, which the caller holds already.
-- why:   several folders go at once, and each comes back with what went with it.
update sharing_resource r
set trashed_at = %(now)s, trashed_with_id = f.folder_id
from unnest(%(ids)s::bigint[], %(folders)s::bigint[]) as f (id, folder_id)
where r.id = f.id and r.trashed_at is null
returning r.id, f.folder_id
