"""What must always be true of notebooks."""

from core import invariants

RULES = (
    (
        "notebooks.resources_have_their_row",
        "Un cahier partagé est un cahier de son genre.",
        """
        select r.id from sharing_resource r
        left join notebooks_homeworkbook h on h.resource_id = r.id
        left join notebooks_liaisonbook l on l.resource_id = r.id
        where (r.kind = 'homework_book') <> (h.resource_id is not null)
           or (r.kind = 'liaison_book') <> (l.resource_id is not null)
        """,
    ),
    (
        "notebooks.pupils_tick",
        "Seuls les élèves cochent leurs devoirs.",
        """
        select t.id from notebooks_homeworktick t join accounts_user u on u.id = t.pupil_id
        where u.profile <> 'PUPIL'
        """,
    ),
    (
        "notebooks.words_held_have_gone",
        "Personne ne tient un mot qui n’est pas parti, ni un mot clos faute de carnet qui attendrait encore.",
        """
        select w.id from notebooks_liaisonword w
        where (w.state = 'DRAFT' and exists (select from notebooks_liaisoncopy c where c.word_id = w.id))
           or (w.book_id is null and w.state = 'SENT')
        """,
    ),
    (
        "notebooks.signatures_are_of_a_version",
        "Une signature porte sur une version du mot qui a existé, et une autorisation signée répond.",
        """
        select c.id from notebooks_liaisoncopy c join notebooks_liaisonword w on w.id = c.word_id
        where c.signed_version > w.version
           or (c.signed_version > 0 and (w.asks = 'ANSWER') <> (c.answer is not null))
        """,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
