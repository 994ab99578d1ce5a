-- Shares by kind of grantee: to a school's groups and people, or all.
-- reads: sharing_grant, directory_group, directory_attachment, directory_guardianship. writes: nothing.
with belonging as (
    select a.person_id from directory_attachment a
    where a.school_id = %(school_id)s::bigint and a.ended_on is null
    union
    select t.relative_id from directory_attachment a
    join directory_guardianship t on t.pupil_id = a.person_id and t.ended_on is null
    where a.school_id = %(school_id)s::bigint and a.ended_on is null and a.profile = 'PUPIL')
select case when g.person_id is not null then 'person'
            when d.kind = 'MANUAL' then 'manual_group' else 'scolarity_group' end as grantee,
       count(*) as grants
from sharing_grant g left join directory_group d on d.id = g.group_id
where %(school_id)s::bigint is null or d.school_id = %(school_id)s::bigint
   or g.person_id in (select person_id from belonging)
group by 1
