"""What must always be true of accounts."""

from core import invariants

RULES = (
    (
        "accounts.login_is_its_parts",
        "Un identifiant est son nom, puis son numéro.",
        """
        select id from accounts_user
        where username <> login_base || case when login_number = 1 then '' else login_number::text end
        """,
    ),
    (
        "accounts.retired_logins_stay_retired",
        "L’identifiant d’un compte supprimé n’est redonné à personne.",
        """
        select u.id from accounts_user u
        join accounts_retiredlogin r
          on r.login_base = u.login_base and r.login_number = u.login_number
        """,
    ),
    (
        "accounts.code_or_password",
        "Un code ouvert n’a pas de mot de passe à côté.",
        "select id from accounts_user where code_open and password <> ''",
    ),
    (
        "accounts.absorbed_once_and_for_all",
        "Un compte réuni à un autre l’est à un compte qui ne l’est pas, par une réunion qui tient.",
        """
        select u.id from accounts_user u
        join accounts_user h on h.id = u.merged_into_id
        where h.merged_into_id is not null or not exists (
          select from accounts_merge m where m.gone_id = u.id and m.undone_at is null)
        """,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
