-- Writes anew the ancestors of what lies below folders that were moved.
-- reads: sharing_resource.
-- writes: sharing_resource.
-- locks: the rows below, which the caller holds already.
-- why:   the path of each begins with the folders above the one moved, and goes on as it did; the moved one
--        itself is written already, so its own ancestors tell where it lies now. What lay in several that
--        moved begins with the nearest of them.
update sharing_resource r
set ancestors = m.ancestors || r.ancestors[array_position(r.ancestors, m.id):]
from sharing_resource m
where m.id = any(%(moved)s) and r.ancestors @> array[m.id]
  and not coalesce(r.ancestors[array_position(r.ancestors, m.id) + 1:] && %(moved)s::bigint[], false)
