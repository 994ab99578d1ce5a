-- Whom an open block may concern; whether it does is the gate's to say.
-- reads: directory_block, directory_attachment, directory_guardianship. writes: nothing.
with open_block as (
    select person_id, school_id, profile from directory_block
    where lifted_at is null and starts_at <= %(now)s and (ends_at is null or ends_at > %(now)s))
select person_id from open_block where person_id is not null
union
select a.person_id from open_block b
join directory_attachment a on a.school_id = b.school_id and a.profile = b.profile and a.ended_on is null
union
select g.relative_id from open_block b
join directory_attachment a on a.school_id = b.school_id and a.profile = 'PUPIL' and a.ended_on is null
join directory_guardianship g on g.pupil_id = a.person_id and g.ended_on is null
where b.profile = 'RELATIVE'
