-- What goes when folders go: their owner's things, down to the first of another's on each path.
-- reads: sharing_resource.
-- why:   trashing or erasing a folder takes only its owner's things; what another put there leaves as it is,
--        with all that lies in it. Answers (id, folder_id, own): own ones go, the others are to go home.
with recursive tree as (
  select f.id, f.id as folder_id, f.owner_id, f.owner_school_id, true as own
  from sharing_resource f where f.id = any(%(folders)s)
  union all
  select r.id, t.folder_id, t.owner_id, t.owner_school_id,
    r.owner_id is not distinct from t.owner_id and r.owner_school_id is not distinct from t.owner_school_id
  from tree t join sharing_resource r on r.parent_id = t.id
  where t.own
)
select distinct id, folder_id, own from tree order by id
