"""What the directory puts in the shell: one's account, and the way out."""

from ui.navigation import AccountLink, register_account_link


def register() -> None:
    """To be called in `ready()`."""
    register_account_link(
        AccountLink(
            key="account",
            order=10,
            label="Mon compte",
            icon="user",
            url_name="account:mine",
        )
    )
    register_account_link(
        AccountLink(
            key="sign_out",
            order=90,
            label="Se déconnecter",
            icon="logout",
            url_name="account:sign_out",
            post=True,
            pupil_label="Je m’en vais",
        )
    )
