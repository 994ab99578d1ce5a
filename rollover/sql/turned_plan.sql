-- What turnovers in force ended, as the plan that they carried out: schools, grants, and who was in whose group.
-- reads: rollover_turnover, sharing_withdrawal, sharing_withdrawngrant, sharing_resource, directory_group,
--        directory_classattachment, directory_guardianship, directory_tierestriction,
--        directory_scolarity_membership. writes: turn_plan, turn_grant, turn_member.
-- why:   a feed's turn is quick and counts no people: they are counted after it, by the statements that count a
--        turn foreseen. Last year's classes have no member any more, so theirs are read from what was ended. Each
--        table is analysed before the next reads it, and groups are given to the view of memberships as an array: one
--        turn's count read what all schools withdrew, and all their members.
create temporary table turn_plan on commit drop as
select t.uuid as turnover, t.school_id, t.from_year, t.to_year, t.ended_class_attachments as class_attachments
from rollover_turnover t where t.id = any(%(ids)s) and t.undone_at is null;
analyze pg_temp.turn_plan
-- ;
create temporary table turn_grant on commit drop as
select w.grant_id, p.school_id, p.turnover as cause, w.resource_id, r.kind as resource_kind, w.group_id,
       g.kind as group_kind, false as stands
from turn_plan p
join sharing_withdrawal v on v.cause = p.turnover and v.reason = 'ROLLOVER' and v.restored_at is null
join sharing_withdrawngrant w on w.withdrawal_id = v.id
join sharing_resource r on r.id = w.resource_id
join directory_group g on g.id = w.group_id;
analyze pg_temp.turn_grant
-- ;
create temporary table turn_member on commit drop as
with ended as (
  select c.person_id, c.school_class_id, c.role
  from (select unnest(class_attachments) as id from turn_plan) e
  join directory_classattachment c on c.id = e.id
)
select g.id as group_id, e.person_id, e.person_id as through_id
from ended e
join directory_group g on g.school_class_id = e.school_class_id and g.profile = e.role and g.kind = 'CLASS'
union all
select g.id, t.relative_id, t.pupil_id
from ended e
join directory_group g on g.school_class_id = e.school_class_id and g.profile = 'RELATIVE' and g.kind = 'CLASS'
join directory_guardianship t on t.pupil_id = e.person_id and t.ended_on is null
where e.role = 'PUPIL'
  and not exists (
    select from directory_tierestriction r
    where r.pupil_id = t.pupil_id and r.relative_id = t.relative_id and r.lifted_at is null)
union all
select m.group_id, m.person_id, m.through_id
from directory_scolarity_membership m where m.group_id = any (array(select distinct group_id from turn_grant))
-- ;
analyze pg_temp.turn_member
