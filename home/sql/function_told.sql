-- The keys of the notices that stand on a day for whoever is in some groups, each once.
-- reads: home_notice, home_noticeaudience
-- why:   every home page asks, and most often nothing stands; `querysets.standing` says the same of a notice. A function
--        keeps the plan of its statement for as long as the connection lives: planned anew at each page, it cost more
--        than it reads.
create function home_told(groups bigint[], day date)
returns table (notice bigint)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  select distinct n.id
  from home_noticeaudience a
  join home_notice n on n.id = a.notice_id
  where a.group_id = any(groups) and n.posted_at is not null and n.withdrawn_at is null
    and n.starts_on <= day and n.ends_on >= day;
end
$$
