-- Whom a mail is to tell what came since the last gathering of this pace.
-- reads: timeline_event, timeline_audience, timeline_preference, timeline_reader, timeline_readevent,
--        directory_scolarity_membership, directory_membership, accounts_user.
-- writes: timeline_waitingmail.
-- why:   one event may be for a whole school: its people are found at once, as the groups are now. What a
--        gate may bring later than it happened is not told by its key to be read: that is asked as it goes.
with fresh as (
  select e.id, e.kind, e.actor from timeline_event e
  where e.id > %(after)s and e.id <= %(until)s
), told as (
  select f.id as event_id, f.kind, f.actor, a.person_id
  from fresh f join timeline_audience a on a.event_id = f.id
  where a.person_id is not null
  union
  select f.id, f.kind, f.actor, m.person_id
  from fresh f join timeline_audience a on a.event_id = f.id
  join directory_scolarity_membership m on m.group_id = a.group_id
  where a.group_id is not null
  union
  select f.id, f.kind, f.actor, m.person_id
  from fresh f join timeline_audience a on a.event_id = f.id
  join directory_membership m on m.group_id = a.group_id
  where a.group_id is not null
)
insert into timeline_waitingmail (person_id, event_id)
select t.person_id, t.event_id
from told t
join accounts_user u on u.id = t.person_id
left join timeline_preference p on p.person_id = t.person_id and p.kind = t.kind
left join unnest(%(kinds)s::text[], %(paces)s::text[]) as k (kind, pace) on k.kind = t.kind
left join timeline_reader r on r.person_id = t.person_id
where coalesce(p.mail, k.pace) = %(pace)s
  and u.profile <> 'PUPIL'
  and u.activated_at is not null and u.pre_deleted_on is null and u.merged_into_id is null
  and (u.own_email <> '' or u.email <> '')
  and u.uuid is distinct from t.actor
  and (t.event_id > coalesce(r.read_until, 0) or t.kind = any (%(gated)s::text[]))
  and not exists (
    select from timeline_readevent s where s.person_id = t.person_id and s.event_id = t.event_id
  )
on conflict do nothing
