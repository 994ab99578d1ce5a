-- Marks the keys of people who are being erased, by their digest alone.
-- reads: accounts_user. writes: feeds_departed.
-- why:   whoever reappears later is a new account, and the report says so; no name is needed for that. An account
--        that an undone run made has not departed: it never was.
insert into feeds_departed (digest, erased_on)
select encode(sha256(convert_to(u.academy_id || '|' || u.joining_kind || '|' || u.joining_key, 'UTF8')), 'hex'), %(today)s
from accounts_user u
left join accounts_user h on h.id = u.merged_into_id
where u.id = any(%(people)s) and coalesce(h.pre_deleted_on, u.pre_deleted_on) is not null and u.joining_key is not null and u.academy_id is not null
on conflict (digest) do update set erased_on = excluded.erased_on
