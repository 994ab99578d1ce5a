-- Puts back who people were before a run, where nothing has changed it since.
-- reads: {changed} (entity, id, before, after). writes: accounts_user.
-- why:   a person may have two changes in one run (names, and back from an absence): each has its own columns.
update accounts_user u set
    profile = r.profile, first_name = r.first_name, last_name = r.last_name, birth_name = r.birth_name,
    other_first_names = r.other_first_names, civility = r.civility, birth_date = r.birth_date, email = r.email,
    home_phone = r.home_phone, work_phone = r.work_phone, mobile_phone = r.mobile_phone, address = r.address,
    postal_code = r.postal_code, city = r.city, country = r.country, academy_id = r.academy_id,
    source = r.source, joining_kind = r.joining_kind, joining_key = r.joining_key, ine = r.ine,
    absent_since = r.absent_since, pre_deleted_on = r.pre_deleted_on,
    -- said of an absence: it is again what it was, or has not been
    leaving_told_on = case when r.absent_since is not null then r.leaving_told_on end,
    objected_at = case when r.absent_since is not null then r.objected_at end
from (
    select x.id, jsonb_object_agg(b.key, b.value) as before, jsonb_object_agg(a.key, a.value) as after
    from {changed} x, jsonb_each(x.before) b join jsonb_each(x.after) a on a.key = b.key
    where x.entity = 'user'
    group by x.id) x
cross join lateral (
    select p.* from accounts_user base, jsonb_populate_record(base, x.before) p where base.id = x.id) r
where u.id = x.id and to_jsonb(u) @> x.after
