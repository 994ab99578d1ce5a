-- Takes the names of people who are being erased out of what was kept of past runs; counts stay.
-- reads: accounts_user, directory_guardianship, feeds_feedrun. writes: feeds_planrow, feeds_effect, feeds_anomaly,
--        feeds_runschool, feeds_feedrun.
-- why:   a run can still be undone: what it changed of somebody erased has nobody to go back to.
update feeds_planrow p set label = ''
from directory_guardianship g
join accounts_user u on u.id = g.relative_id
where g.relative_id = any(%(people)s) and p.person_id = g.pupil_id and p.kind = 'ties'
  and starts_with(p.label, u.last_name || ' ' || u.first_name)
-- ;
update feeds_planrow set person_id = null, label = '', before = null, after = null
where person_id = any(%(people)s)
-- ;
delete from feeds_effect where entity = 'user' and action = 'update' and ids && %(people)s::bigint[]
-- ;
-- an anomaly of AAF is told by the key, one of the CSV by the name alone
delete from feeds_anomaly a using feeds_feedrun r, accounts_user u
where u.id = any(%(people)s) and r.id = a.run_id and r.academy_id = u.academy_id
  and case when r.source = 'ONDE_CSV' then position(u.last_name || ' ' || u.first_name in a.message) > 0
           else a.key <> '' and a.key = u.joining_key end
-- ;
update feeds_runschool s set figures = jsonb_set(s.figures, array['names'], (
    select coalesce(jsonb_agg(n.name), '[]'::jsonb) from jsonb_array_elements_text(s.figures -> 'names') n(name)
    where n.name not in (
      select u.last_name || ' ' || u.first_name from accounts_user u where u.id = any(%(people)s))))
where jsonb_array_length(coalesce(s.figures -> 'names', '[]'::jsonb)) > 0
-- ;
update feeds_feedrun r set refusal = jsonb_set(r.refusal, array['names'], (
    select coalesce(jsonb_agg(n.name), '[]'::jsonb) from jsonb_array_elements_text(r.refusal -> 'names') n(name)
    where n.name not in (
      select u.last_name || ' ' || u.first_name from accounts_user u where u.id = any(%(people)s))))
where jsonb_array_length(coalesce(r.refusal -> 'names', '[]'::jsonb)) > 0
