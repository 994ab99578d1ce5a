-- Writes down what became of each address of a message that goes: let through or not, how many a group brought,
-- under what name.
-- reads: nothing but what it is given.
-- writes: messaging_address.
-- why:   one statement that needs no time to be built: a send to few is made of such small things.
update messaging_address a
set refused = told.refused, reached = told.reached, label = told.label
from unnest(%(keys)s::bigint[], %(refused)s::boolean[], %(reached)s::integer[], %(labels)s::text[])
  as told (id, refused, reached, label)
where a.id = told.id
