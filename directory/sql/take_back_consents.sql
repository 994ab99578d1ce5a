-- Takes back what a run kept of ONDE's word on pupils' pictures, where nothing has touched it since.
-- reads: {added} (entity, id), {changed} (entity, id, before, after). writes: directory_photoconsent.
delete from directory_photoconsent c using {added} x
where x.entity = 'consent_of' and c.pupil_id = x.id and c.said_by = 'ONDE' and c.relative_id is null
-- ;
update directory_photoconsent c set
    allowed = (x.before ->> 'allowed')::boolean, said_on = (x.before ->> 'said_on')::date
from {changed} x
where x.entity = 'consent' and c.id = x.id and to_jsonb(c) @> x.after
