-- What putting back the withdrawals of these causes would give: by cause and kind, what comes back and what cannot.
-- reads: sharing_withdrawal, sharing_withdrawngrant, sharing_resource, accounts_user, directory_group,
--        sharing_losttitle. writes: nothing.
-- why:   the same judgement as restore.sql, asked before it.
with judged as materialized (
  select v.cause, r.kind, coalesce(r.title, l.title, '') as title,
    r.id is not null
    and (w.person_id is null or exists (select from accounts_user u where u.id = w.person_id))
    and (w.group_id is null or exists (select from directory_group g where g.id = w.group_id)) as stands
  from sharing_withdrawal v
  join sharing_withdrawngrant w on w.withdrawal_id = v.id
  left join sharing_resource r on r.id = w.resource_id
  left join sharing_losttitle l on l.resource_id = w.resource_id
  where v.cause = any(%(causes)s) and v.restored_at is null
)
select cause, stands, case when stands then kind else '' end as kind, case when stands then '' else title end as title,
  count(*) as grants
from judged group by 1, 2, 3, 4 order by 1, 2 desc, 3, 4
