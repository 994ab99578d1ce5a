-- Leaves, of a parked run's records, those of schools that no newer run has taken over.
-- reads: feeds_runschool, schools_school. writes: the run's schema (stage_*, parked).
delete from stage_person p
where p.kind in ('P', 'S')
  and not exists (
    select from stage_place l
    join schools_school s on s.academy_id = %(academy_id)s and (s.joining_key = l.school_key or s.uai = l.school_key)
    join feeds_runschool w on w.run_id = %(run_id)s and w.role = 'parked' and w.school_id = s.id
    where l.kind = p.kind and l.key = p.key)
-- ;
delete from stage_place l where not exists (select from stage_person p where p.kind = l.kind and p.key = l.key)
-- ;
delete from stage_classvalue v where not exists (select from stage_person p where p.kind = v.kind and p.key = v.key)
-- ;
delete from stage_tie t where not exists (select from stage_person p where p.kind = 'P' and p.key = t.key)
-- ;
delete from stage_match m where not exists (select from accounts_user u where u.id = m.person_id)
-- ;
delete from parked
