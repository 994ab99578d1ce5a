-- People by profile and state, in one school or in all.
-- reads: accounts_user, directory_attachment, directory_guardianship.
-- writes: nothing.
-- why:   one state a person, the gravest: on the way out, absent, blocked, then whether they ever signed in. All and
--        one school are two arms, of which the planner drops one: of one school, only its people are read.
with belonging as (
    select a.person_id, a.school_id, a.profile from directory_attachment a where a.ended_on is null
    union
    select g.relative_id, a.school_id, 'RELATIVE'
    from directory_guardianship g
    join directory_attachment a on a.person_id = g.pupil_id and a.ended_on is null and a.profile = 'PUPIL'
    where g.ended_on is null),
counted as (
    select u.id, u.profile, u.activated_at, u.absent_since, u.pre_deleted_on
    from accounts_user u
    where u.merged_into_id is null and %(school_id)s::bigint is null
    union all
    select u.id, u.profile, u.activated_at, u.absent_since, u.pre_deleted_on
    from accounts_user u
    where u.merged_into_id is null and u.id in (select person_id from belonging where school_id = %(school_id)s))
select lower(c.profile) as profile,
       case when c.pre_deleted_on is not null then 'pre_deleted'
            when c.absent_since is not null then 'absent'
            when c.id = any(%(blocked)s) then 'blocked'
            when c.activated_at is null then 'never_activated'
            else 'active' end as state,
       count(*) as people
from counted c group by 1, 2
