-- What stands at a public address now: one row where its blog is online, none otherwise.
-- reads blogs, posts, documents joined, the school that owns the blog, who of it is kept out; writes and locks
-- nothing. One statement: it is asked at each request, before anything that was kept may be shown.
-- `stamp` changes with whatever the page shows, so that nothing kept under it can be stale: neither a post nor a
-- document taken back, nor a name. A school whose team may not enter, or does without blogs, shows none.
with standing as (
  select p.blog_id, p.address_id, p.drawing, p.indexed, p.ends_on, r.uuid as blog, r.title, b.description,
    s.name as school, s.city
  from blog_publicaddress given
  join blog_publicblog p on p.blog_id = given.blog_id
  join blog_blog b on b.resource_id = p.blog_id
  join sharing_resource r on r.id = p.blog_id
  join schools_school s on s.id = r.owner_school_id
  join schools_academy a on a.id = s.academy_id
  where given.slug = %(address)s
    and p.closed_at is null
    and r.trashed_at is null
    and (p.ends_on is null or (%(now)s::timestamptz at time zone a.time_zone)::date <= p.ends_on)
    and not exists (
      select from schools_applicationoff o
      where o.school_id = s.id and o.application = 'blog' and o.profile = 'TEACHER')
    and not exists (
      select from directory_block k
      where k.school_id = s.id and k.profile = 'TEACHER' and k.lifted_at is null
        and k.starts_at <= %(now)s and (k.ends_at is null or k.ends_at > %(now)s))
)
select standing.*, md5(concat_ws('|', standing::text, (
    select string_agg(concat_ws(' ', t.id, t.changed_at, t.pinned, (
        select string_agg(concat_ws(' ', u.id, f.blob_id, u.caption, d.title), ',' order by u.id)
        from documents_use u
        join documents_file f on f.resource_id = u.file_id
        join sharing_resource d on d.id = f.resource_id
        where u.space = 'blog' and u.subject = t.uuid and d.trashed_at is null
      )), ';' order by t.id)
    from blog_post t
    left join accounts_user w on w.id = t.author_id
    where t.blog_id = standing.blog_id and t.state = 'PUBLISHED' and t.trashed_at is null
      and w.profile is distinct from 'PUPIL'
  ))) as stamp
from standing
