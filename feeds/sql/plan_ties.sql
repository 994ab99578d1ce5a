-- Who is responsible for whom, as the pupils' records say; then which relatives are left with no child.
-- reads: stage_tie, stage_badkey, parked, present, half_read, shared, scope, who, plan_person, plan_absence, directory_guardianship,
--        accounts_user.
-- writes: the run's tables (plan_tie, plan_relative).
-- why:   a tie that a readable record no longer states ends at once, whatever the relative's record says; a
--        relative has no attachment of their own: they are absent when every child is, or no tie is left.
drop table if exists pg_temp.plan_tie, pg_temp.plan_relative
-- ;
create temporary table plan_tie on commit drop as
with stated as (
    select distinct on (pupil.person_id, r.person_id) pupil.person_id as pupil_id, r.person_id as relative_id,
           t.rank, t.tie_kind, t.legal, t.contact, t.payer
    from stage_tie t
    join plan_person pupil on pupil.kind = 'P' and pupil.key = t.key
    left join who w on w.kind = 'R' and w.key = t.relative_key
    left join lateral (
        select coalesce(u.merged_into_id, u.id) as person_id from accounts_user u
        where w.person_id is null and u.academy_id = %(academy_id)s and u.joining_kind = 'R' and u.joining_key = t.relative_key
        union all
        select m.person_id from stage_match m
        where w.person_id is null and m.kind = 'R' and m.key = t.relative_key
        limit 1) k on true
    cross join lateral (select coalesce(w.person_id, k.person_id) as person_id) r
    where r.person_id <> pupil.person_id
    order by pupil.person_id, r.person_id, t.rank),
known as (
    select g.* from plan_person p join directory_guardianship g on g.pupil_id = p.person_id and g.ended_on is null
    where p.kind = 'P'),
compared as (
    select s.pupil_id is not null as is_stated, g.id, coalesce(s.pupil_id, g.pupil_id) as pupil_id,
           coalesce(s.relative_id, g.relative_id) as relative_id, coalesce(s.rank, g.rank) as rank,
           case when s.pupil_id is not null and (%(whole)s or g.id is null) then s.tie_kind
             else coalesce(s.tie_kind, g.tie_kind) end as tie_kind,
           case when s.pupil_id is not null and (%(whole)s or g.id is null) then s.legal
             else coalesce(s.legal, g.legal) end as legal,
           case when s.pupil_id is not null and (%(whole)s or g.id is null) then s.contact
             else coalesce(s.contact, g.contact) end as contact,
           case when s.pupil_id is not null and (%(whole)s or g.id is null) then s.payer
             else coalesce(s.payer, g.payer) end as payer,
           g.rank as rank_before, g.tie_kind as tie_kind_before, g.legal as legal_before,
           g.contact as contact_before, g.payer as payer_before, g.source as source_before
    from stated s
    full join known g on g.relative_id = s.relative_id and g.pupil_id = s.pupil_id)
select coalesce(id, nextval((select pg_get_serial_sequence('directory_guardianship', 'id')::regclass))) as id,
       case when id is null then 'open' when is_stated then 'change' else 'end' end as act,
       pupil_id, relative_id, rank, tie_kind, legal, contact, payer,
       case when id is not null and is_stated then jsonb_build_object(
         'rank', rank_before, 'tie_kind', tie_kind_before, 'legal', legal_before, 'contact', contact_before,
         'payer', payer_before, 'source', source_before) end as before
from compared c
where id is null
   or is_stated
      and (rank_before, tie_kind_before, legal_before, contact_before, payer_before, source_before)
          is distinct from (rank, tie_kind, legal, contact, payer, %(source)s)
      -- a tie that the other degree states of a pupil whom it states is its to say
      and (source_before is distinct from %(other)s
           or not exists (select from shared h where h.person_id = c.pupil_id))
   or not is_stated and %(speaks_of_ties)s and source_before = %(source)s
      and not exists (select from half_read h where h.person_id = c.pupil_id)
      -- in the CSV it is the relative's row that states: one that cannot be read today has ended nothing
      and (%(whole)s or not exists (select from present x where x.person_id = c.relative_id))
-- ;
create unique index on plan_tie (id)
-- ;
create index on plan_tie (relative_id)
-- ;
analyze plan_tie
-- ;
create temporary table plan_relative on commit drop as
with touched as (
    select relative_id from plan_tie
    union
    select g.relative_id from plan_absence x join directory_guardianship g on g.pupil_id = x.person_id and g.ended_on is null
    union
    select g.relative_id from plan_person p join directory_guardianship g on g.pupil_id = p.person_id and g.ended_on is null
    where p.absent_since is not null
    union
    select person_id from plan_person where kind = 'R' and absent_since is not null
    union
    -- left with no child by an earlier feed, when a record that could not be read still named them
    select u.id from accounts_user u
    where %(whole)s and exists (select from scope where families)
      and u.academy_id = %(academy_id)s and u.joining_kind = 'R' and u.source = %(source)s and u.absent_since is null
      and u.merged_into_id is null
      and not exists (
        select from directory_guardianship g
        where g.relative_id = u.id and g.ended_on is null
          and not exists (
            select from accounts_user c where c.id = g.pupil_id and c.absent_since is not null))),
-- ties stated by a record set aside or waiting count as present, made or not
aside as (
    select coalesce(u.merged_into_id, u.id) as relative_id
    from (
        select unnest(relative_keys) as key from stage_badkey where kind = 'P'
        union
        select t.relative_key from parked x join stage_tie t on t.key = x.key where x.kind = 'P') k
    join accounts_user u on u.academy_id = %(academy_id)s and u.joining_kind = 'R' and u.joining_key = k.key
    union
    select person_id from present),
held as (
    select g.relative_id, g.pupil_id from directory_guardianship g
    join touched t using (relative_id)
    left join plan_tie x on x.id = g.id
    where g.ended_on is null and (x.id is null or x.act <> 'end')
    union all
    select relative_id, pupil_id from plan_tie where act = 'open'),
weighed as (
    select t.relative_id,
           coalesce(bool_or(
               h.pupil_id is not null
               and not exists (select from plan_absence x where x.person_id = h.pupil_id)
               and (u.id is null or u.absent_since is null
                    or exists (select from plan_person p where p.person_id = h.pupil_id
                               and exists (select from stated_place s where s.person_id = h.pupil_id and not s.gone)))
             ), false) as has_child
    from touched t
    left join held h using (relative_id)
    left join accounts_user u on u.id = h.pupil_id
    group by t.relative_id)
select w.relative_id as person_id,
       case when w.has_child then 'restored' else 'absent' end as act, u.absent_since, u.pre_deleted_on
from weighed w join accounts_user u on u.id = w.relative_id
where u.source <> 'MANUAL' and w.has_child = (u.absent_since is not null)
  and (w.has_child or not exists (select from aside a where a.relative_id = w.relative_id))
