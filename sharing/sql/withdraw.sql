-- Ends the grants of a relation at once and sets them aside as they were, a withdrawal for each school and
-- cause. Answers the withdrawals: (id, school_id, cause).
-- reads: {relation} (grant_id, school_id, cause).
-- writes: sharing_withdrawal, sharing_grant, sharing_withdrawngrant.
-- locks: the grants, as a delete does.
-- why:   one statement: what is deleted is what is set aside, to the row. A share given meanwhile is neither
--        lost nor ended, and one that another transaction has just ended is not ended twice. Its
--        time is at most three times that of the bare delete: what is set aside has one key and no other.
with opened as (
  insert into sharing_withdrawal (reason, at, by, school_id, cause)
  select %(reason)s, %(now)s, %(by)s::uuid, r.school_id, r.cause
  from (select distinct school_id, cause from {relation}) r
  order by r.school_id, r.cause
  returning id, school_id, cause
), gone as (
  delete from sharing_grant g
  using {relation} r
  join opened o on coalesce(o.school_id, 0) = coalesce(r.school_id, 0)
    and coalesce(o.cause, %(no_cause)s::uuid) = coalesce(r.cause, %(no_cause)s::uuid)
  where g.id = r.grant_id
  returning o.id as withdrawal_id, g.id as grant_id, g.resource_id, g.role, g.person_id, g.group_id, g.year,
    g.given_by, g.given_at, g.origins
), kept as (
  insert into sharing_withdrawngrant
    (withdrawal_id, grant_id, resource_id, role, person_id, group_id, year, given_by, given_at, origins)
  select * from gone
)
select id, school_id, cause from opened order by id
