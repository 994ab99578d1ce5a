"""Production's settings, read in a process of their own."""

import json
import os
import subprocess
import sys

from django.conf import settings as django_settings

SAFE = {
    "CARTABLE_PRODUCTION": "1",
    "CARTABLE_SECRET_KEY": "a-long-enough-secret-for-a-deployment-check-0123456789-abcdef",
    "CARTABLE_CODE_KEY": "another-long-enough-secret-0123456789",
    "CARTABLE_ALLOWED_HOSTS": "ent.exemple.fr",
    "CARTABLE_URL": "https://ent.exemple.fr",
    "CARTABLE_MAIL_URL": "smtp://mail.internal",
    "REDIS_URL": "redis://cache.internal/0",
}


def _surroundings() -> dict[str, str]:
    """The environment without what concerns the site, and what a browser's test has set in this process."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CARTABLE_") and name != "DJANGO_ALLOW_ASYNC_UNSAFE"
    }


def _check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = _surroundings()
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing_to_say(servers) -> None:
    host = django_settings.DATABASES["default"][
        "HOST"
    ]  # some checks of constraints ask the server its version
    ended = _check({**SAFE, "DATABASE_URL": f"postgresql://postgres@/postgres?host={host}"})
    assert ended.returncode == 0, ended.stderr


def test_production_does_not_start_without_its_secret(tmp_path) -> None:
    ended = _check({**SAFE, "CARTABLE_SECRET_KEY": "", "CARTABLE_DATA": str(tmp_path)})
    assert ended.returncode != 0
    assert "CARTABLE_SECRET_KEY" in ended.stderr
    assert not list(tmp_path.iterdir())


READ = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "ent.settings"
import django
django.setup()
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.test import Client, RequestFactory
from accounts import checks
told = {name: getattr(settings, name) for name in (
    "DEBUG", "INSTALLED_APPS", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")}
visitor = Client(raise_request_exception=False)
try:
    RequestFactory().get("/", headers={"host": "mal.example"}).get_host()
except DisallowedHost:
    told["stranger"] = "refused"
told["plain"] = visitor.get("/connexion/", headers={"host": "ent.exemple.fr"}).headers["Location"]
told["key"] = [message.id for message in checks.code_key_is_a_secret_of_its_own(None)]
print(json.dumps(told))
"""


def test_production_stays_closed_whatever_else_the_environment_says(tmp_path) -> None:
    kept = _surroundings()
    careless = {
        **SAFE,
        "CARTABLE_DEBUG": "1",
        "CARTABLE_CODE_KEY": "short",
        "CARTABLE_DATA": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    ended = subprocess.run(
        [sys.executable, "-c", READ], env=kept | careless, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["DEBUG"] is False
    assert "demo" not in told["INSTALLED_APPS"]
    assert told["ALLOWED_HOSTS"] == ["ent.exemple.fr"]
    assert told["SESSION_COOKIE_SECURE"]
    assert told["SESSION_COOKIE_HTTPONLY"]
    assert told["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert told["CSRF_COOKIE_SECURE"]
    assert told["SECURE_SSL_REDIRECT"]
    assert told["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert told["stranger"] == "refused"
    assert told["plain"] == "https://ent.exemple.fr/connexion/"
    assert told["key"] == ["accounts.E002"]
    assert not (tmp_path / "secrets").exists()


def test_the_living_page_of_styles_is_not_there_in_production(client, db, settings) -> None:
    assert client.get("/styles/").status_code == 200
    settings.CARTABLE_PRODUCTION = True
    assert client.get("/styles/").status_code == 404
