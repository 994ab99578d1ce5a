"""What must always be true of messages and of what they weigh."""

from core import invariants

RULES = (
    (
        "messaging.space_is_what_is_held",
        "L’espace compté à une personne pour ses messages est ce que pèsent ceux qu’elle garde.",
        """
        select coalesce(a.person_id, c.person_id) as person, a.held, c.weight
        from documents_allowance a
        full join (
          select c.person_id, sum(m.weight) as weight
          from messaging_copy c join messaging_message m on m.id = c.message_id
          where m.weight > 0 group by c.person_id
        ) c on c.person_id = a.person_id
        where coalesce(a.held, 0) <> coalesce(c.weight, 0)
        """,
    ),
    (
        "messaging.messages_weigh_their_files",
        "Un message pèse ce que pèsent ses pièces jointes.",
        """
        select m.id from messaging_message m
        left join messaging_attachment a on a.message_id = m.id
        group by m.id having m.weight <> coalesce(sum(a.size), 0)
        """,
    ),
    (
        "messaging.messages_are_held",
        "Un message est gardé par quelqu’un ou par un signalement, ou n’existe plus.",
        """
        select m.id from messaging_message m
        where not exists (select from messaging_copy c where c.message_id = m.id)
          and not exists (select from messaging_report r where r.message_id = m.id)
        """,
    ),
    (
        "messaging.what_did_not_go_is_its_authors",
        "Un message qui n’est pas parti n’est que chez son auteur.",
        """
        select c.id from messaging_copy c join messaging_message m on m.id = c.message_id
        where m.state <> 'SENT' and (c.box = 'IN' or c.person_id is distinct from m.author_id)
        """,
    ),
    (
        "messaging.folders_are_ones_own",
        "On ne range ses messages que dans ses propres dossiers.",
        """
        select c.id from messaging_copy c join messaging_folder f on f.id = c.folder_id
        where f.person_id <> c.person_id
        """,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
