"""Where mail goes: `CARTABLE_MAIL_URL`, else files under the data folder."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def from_url(url: str, data: Path) -> dict[str, dict[str, Any]]:
    """Django's MAILERS. `smtp://host`, `smtp+tls://user:secret@host:587` (STARTTLS) or `smtps://…`."""
    if not url:
        return {
            "default": {
                "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "OPTIONS": {"file_path": str(data / "mail")},
            }
        }
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured("CARTABLE_MAIL_URL must be smtp://, smtp+tls:// or smtps:// and a host")
    options = dict(parse_qsl(parts.query))
    return {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": parts.hostname,
                "port": parts.port or PORTS[parts.scheme],
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_tls": parts.scheme == "smtp+tls",
                "use_ssl": parts.scheme == "smtps",
                "timeout": int(options.get("timeout", "10")),
            },
        }
    }
