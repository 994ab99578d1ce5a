from django.db import migrations

# What stands at a public address now. It is asked at each request, before anything that was kept may be shown; a
# function keeps the plans of its statements for as long as the connection lives, where the statement alone would be
# planned anew each time, which costs ten times what it reads. `stamp` changes with whatever the page shows, so that
# nothing kept under it can be stale: neither a post nor a document taken back, nor a name. A school whose team may
# not enter, or does without blogs, shows none.
STANDING = """
create function blog_public_standing(asked text, at timestamptz)
returns table (
  blog_id bigint, address_id text, drawing text, indexed boolean, ends_on date, blog uuid, title text,
  description text, school text, city text, stamp text
)
language plpgsql stable as $$
#variable_conflict use_column
begin
  select p.blog_id, p.address_id, p.drawing, p.indexed, p.ends_on, r.uuid, r.title, b.description, s.name, s.city
  into blog_id, address_id, drawing, indexed, ends_on, blog, title, description, school, city
  from blog_publicaddress given
  join blog_publicblog p on p.blog_id = given.blog_id
  join blog_blog b on b.resource_id = p.blog_id
  join sharing_resource r on r.id = p.blog_id
  join schools_school s on s.id = r.owner_school_id
  join schools_academy a on a.id = s.academy_id
  where given.slug = asked
    and p.closed_at is null
    and r.trashed_at is null
    and (p.ends_on is null or (at at time zone a.time_zone)::date <= p.ends_on)
    and not exists (
      select from schools_applicationoff o
      where o.school_id = s.id and o.application = 'blog' and o.profile = 'TEACHER')
    and not exists (
      select from directory_block k
      where k.school_id = s.id and k.profile = 'TEACHER' and k.lifted_at is null
        and k.starts_at <= at and (k.ends_at is null or k.ends_at > at));
  if not found then
    return;
  end if;
  stamp := md5(concat_ws('|',
    address_id, drawing, indexed, ends_on, blog, title, description, school, city,
    (
      select concat(count(*), ' ', sum(hash_record_extended(row(t.id, t.changed_at, t.pinned), 0)::numeric))
      from blog_post t
      where t.blog_id = blog_public_standing.blog_id and t.state = 'PUBLISHED' and t.trashed_at is null
    ),
    (
      select concat(count(*), ' ',
        sum(hash_record_extended(row(u.id, f.blob_id, u.caption, d.title), 0)::numeric))
      from blog_post t
      join documents_use u on u.space = 'blog' and u.subject = t.uuid
      join documents_file f on f.resource_id = u.file_id
      join sharing_resource d on d.id = u.file_id
      where t.blog_id = blog_public_standing.blog_id and t.state = 'PUBLISHED' and t.trashed_at is null
        and d.trashed_at is null
    )
  ));
  return next;
end
$$
"""


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_public")]

    operations = [
        migrations.RunSQL(STANDING, "drop function blog_public_standing(text, timestamptz)"),
    ]
