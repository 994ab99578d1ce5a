"""Django's door to accounts: a session's person, read with what each request needs."""

from typing import Any

from django.http import HttpRequest

from accounts.models import User

# Read at each request; the rest (address, telephones, keys) is asked for by the pages that show it.
SESSION_COLUMNS = (
    "uuid",
    "username",
    "password",
    "session_epoch",
    "profile",
    "first_name",
    "last_name",
    "civility",
    "academy_id",
    "absent_since",
    "pre_deleted_on",
    "activated_at",
    "photo",
    "drawing",
)


class LoginBackend:
    """Finds people by key for sessions. Credentials are judged by `services.sign_in` alone, where
    guessing is limited: `authenticate` knows nobody."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.only(*SESSION_COLUMNS).filter(pk=user_id).first()
