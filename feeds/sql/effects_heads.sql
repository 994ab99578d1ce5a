-- Which directors the run named, and which it relieved.
-- reads: head_before, staff_school, directory_administrator. writes: feeds_effect.
-- why:   who is director follows from the attachments written: it is told once they are.
insert into feeds_effect (run_id, entity, action, ids)
select %(run_id)s, 'administrator', 'insert', array_agg(d.id)
from directory_administrator d join staff_school using (school_id)
where d.scope = 'SCHOOL' and d.source <> 'MANUAL' and d.ended_on is null
  and not exists (select from head_before b where b.id = d.id)
having count(*) > 0
-- ;
insert into feeds_effect (run_id, entity, action, ids, before, after)
select %(run_id)s, 'administrator', 'update', array[d.id], jsonb_build_object('ended_on', null),
       jsonb_build_object('ended_on', d.ended_on)
from head_before b join directory_administrator d on d.id = b.id
where d.ended_on is not null
