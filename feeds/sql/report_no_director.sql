-- Schools whose staff are told and among whom nobody heads.
-- reads: the run's schema, directory_attachment. writes: nothing.
select r.name from scope c join school_row r on r.school_id = c.school_id
where c.staff
  and not exists (select from stated_place s where s.school_id = c.school_id and s.is_head and not s.gone)
  and not exists (
    select from directory_attachment a where a.school_id = c.school_id and a.is_head and a.ended_on is null)
order by r.name
