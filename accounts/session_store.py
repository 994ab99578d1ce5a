"""Sessions in the database, read through the cache; a key that we never gave is looked up nowhere."""

import re

from django.contrib.sessions.backends import cached_db

_KEY = re.compile(r"[a-z0-9]{32}")


class SessionStore(cached_db.SessionStore):
    """Django's own, asked for well-made keys alone: a cookie may hold anything."""

    # Where Django's own keeps them: its name is made from its module's.
    cache_key_prefix = cached_db.KEY_PREFIX

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key) and _KEY.fullmatch(str(key)) is not None
