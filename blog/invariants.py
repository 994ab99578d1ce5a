"""What must always be true of blogs and of their posts."""

from core import invariants

RULES = (
    (
        "blog.blogs_are_resources_of_their_kind",
        "Chaque blog est une production de type blog, et chaque production de ce type est un blog.",
        """
        select coalesce(b.resource_id, r.id) as blog from blog_blog b
        full join (select id from sharing_resource where kind = 'blog') r on r.id = b.resource_id
        where b.resource_id is null or r.id is null
        """,
    ),
    (
        "blog.what_is_pinned_is_out_or_will_be",
        "Un billet épinglé est publié, ou programmé.",
        "select id from blog_post where pinned and state not in ('PUBLISHED', 'SCHEDULED')",
    ),
    (
        "blog.what_is_sent_back_says_why",
        "Un billet ou un commentaire renvoyé porte un mot pour son auteur.",
        """
        select uuid from blog_post where state = 'RETURNED' and word = ''
        union all select uuid from blog_comment where state = 'RETURNED' and word = ''
        """,
    ),
    (
        "blog.public_blogs_are_a_schools",
        "Un blog public est à une école, à l’une de ses propres adresses, et ne se commente pas.",
        """
        select p.blog_id from blog_publicblog p
        join blog_blog b on b.resource_id = p.blog_id
        join sharing_resource r on r.id = p.blog_id
        join blog_publicaddress a on a.slug = p.address_id
        where r.owner_school_id is null or a.blog_id is distinct from p.blog_id or b.comments <> 'OFF'
        """,
    ),
    (
        "blog.public_blogs_have_no_pupil_for_author",
        "Aucun billet publié dans un blog public n’est d’un élève.",
        """
        select t.uuid from blog_post t
        join blog_publicblog p on p.blog_id = t.blog_id
        join accounts_user u on u.id = t.author_id
        where u.profile = 'PUPIL' and t.state = 'PUBLISHED' and t.trashed_at is null
        """,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
