-- What stands at a public address now: one row where its blog is online, none otherwise.
-- reads, by a function that keeps its plans (migration 0004), blogs, posts, documents joined, the school that owns the
-- blog, who of it is kept out; writes and locks nothing. It is asked at each request, before anything that was kept may be shown.
select * from blog_public_standing(%(address)s, %(now)s)
