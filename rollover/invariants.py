"""What must always be true of the turnovers of schools."""

from core import invariants

RULES = (
    (
        "rollover.class_year_follows_turnovers",
        "Aucune bascule en vigueur ne dépasse l’année des classes de son école.",
        """
        select t.id from rollover_turnover t join schools_school s on s.id = t.school_id
        where t.undone_at is null and t.to_year > coalesce(s.class_year, 0)
        """,
    ),
    (
        "rollover.held_schools_were_turned_back",
        "Une école en attente a une bascule annulée.",
        """
        select s.id from schools_school s
        where s.held_at is not null and not exists (
          select from rollover_turnover t where t.school_id = s.id and t.undone_at is not null)
        """,
    ),
    (
        "rollover.ended_years_have_no_open_detachment",
        "Un détachement prend fin avec l’année qu’il porte.",
        """
        select d.id from directory_detachment d
        join rollover_turnover t on t.school_id = d.school_id
        where d.lifted_at is null and t.undone_at is null and d.running_year < t.to_year and d.at < t.at
        """,
    ),
    (
        "rollover.no_share_with_a_past_class",
        "Aucun partage avec une classe ne survit à la bascule qui a mis fin à son année.",
        """
        select g.id from sharing_grant g
        join directory_group d on d.id = g.group_id and d.kind = 'CLASS'
        join rollover_turnover t on t.school_id = d.school_id
        where t.undone_at is null and g.year < t.to_year
        """,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
