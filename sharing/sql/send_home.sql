-- Takes things out of the folder they lie in, each to its owner's root, with all that lies in it.
-- reads: sharing_resource.
-- writes: sharing_resource.
-- why:   a folder that goes leaves others' things to their owners.
update sharing_resource r
set parent_id = case when r.id = t.id then null else r.parent_id end,
  ancestors = case when r.id = t.id then '{}' else r.ancestors[array_position(r.ancestors, t.id):] end
from sharing_resource t
where t.id = any(%(tops)s) and (r.id = t.id or r.ancestors @> array[t.id])
