-- Puts back what schools were before a run, years included.
-- reads: {changed} (entity, id, before, after). writes: schools_school.
-- why:   the name put back is the feed's: one that the school chose stays.
update schools_school s set
    district_id = r.district_id, uai = r.uai, joining_key = r.joining_key, kind = r.kind,
    name = case when s.fed_name = '' then r.name else s.name end,
    fed_name = case when s.fed_name <> '' and x.before ? 'name' then r.name else s.fed_name end,
    private = r.private, address = r.address, postal_code = r.postal_code, city = r.city, phone = r.phone,
    email = r.email, running_year = r.running_year, class_year = r.class_year
from (
    select x.id, jsonb_object_agg(b.key, b.value) as before
    from {changed} x, jsonb_each(x.before) b where x.entity in ('school', 'years')
    group by x.id) x
cross join lateral (
    select p.* from schools_school base, jsonb_populate_record(base, x.before) p where base.id = x.id) r
where s.id = x.id
