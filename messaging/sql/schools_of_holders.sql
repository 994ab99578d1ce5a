-- The schools of whoever just received a message, their own and their children's, each once: (school_id).
-- reads: messaging_copy, directory_attachment, directory_guardianship.
-- why:   asked before any is made to wait for the morning: the quiet hours are each school's.
select a.school_id
from messaging_copy c
join directory_attachment a on a.person_id = c.person_id and a.ended_on is null
where c.message_id = %(message)s and c.box = 'IN'
union
select a.school_id
from messaging_copy c
join directory_guardianship t on t.relative_id = c.person_id and t.ended_on is null
join directory_attachment a on a.person_id = t.pupil_id and a.ended_on is null and a.profile = 'PUPIL'
where c.message_id = %(message)s and c.box = 'IN'
