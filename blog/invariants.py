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
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
