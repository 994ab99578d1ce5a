-- Pupils of a school who are in none of its classes yet.
-- reads: the run's schema, directory_classattachment, directory_schoolclass. writes: nothing.
select r.name, count(*) as pupils from stated_place s
join scope c on c.school_id = s.school_id and c.new_class_year is not null
join school_row r on r.school_id = s.school_id
where s.kind = 'P' and not s.gone
  and not exists (
    select from directory_classattachment a join directory_schoolclass k on k.id = a.school_class_id
    where a.person_id = s.person_id and k.school_id = s.school_id and k.year = c.new_class_year
      and a.ended_on is null)
  and not exists (select from plan_class_attachment p where p.person_id = s.person_id and p.act = 'open')
group by r.name order by r.name
