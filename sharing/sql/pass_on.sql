-- Gives resources to those who inherit them; what these were granted there ends, since owners manage.
-- reads: the arrays given: resource, its heir (a person) or its heir (a school).
-- writes: sharing_grant, sharing_handover, sharing_resource.
-- why:   thousands at once, when many accounts end in one night; offers that their owner made are void.
delete from sharing_grant g
using unnest(%(resources)s::bigint[], %(heirs)s::bigint[]) as h (id, heir)
where g.resource_id = h.id and g.person_id = h.heir
-- ;
delete from sharing_handover o where o.resource_id = any(%(resources)s) and o.answered_at is null
-- ;
update sharing_resource r set owner_id = h.heir, owner_school_id = h.school
from unnest(%(resources)s::bigint[], %(heirs)s::bigint[], %(schools)s::bigint[]) as h (id, heir, school)
where r.id = h.id
