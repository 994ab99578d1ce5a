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
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
