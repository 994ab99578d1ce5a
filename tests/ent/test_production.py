"""Production's settings, read in a process of their own."""

import os
import subprocess
import sys

from django.conf import settings

SAFE = {
    "CARTABLE_PRODUCTION": "1",
    "CARTABLE_SECRET_KEY": "a-long-enough-secret-for-a-deployment-check-0123456789-abcdef",
    "CARTABLE_CODE_KEY": "another-long-enough-secret-0123456789",
    "CARTABLE_ALLOWED_HOSTS": "ent.exemple.fr",
    "CARTABLE_URL": "https://ent.exemple.fr",
    "CARTABLE_MAIL_URL": "smtp://mail.internal",
    "REDIS_URL": "redis://cache.internal/0",
}


def _check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CARTABLE_")}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing_to_say(servers) -> None:
    host = settings.DATABASES["default"]["HOST"]  # some checks of constraints ask the server its version
    ended = _check({**SAFE, "DATABASE_URL": f"postgresql://postgres@/postgres?host={host}"})
    assert ended.returncode == 0, ended.stderr


def test_production_does_not_start_without_its_secret(tmp_path) -> None:
    ended = _check({**SAFE, "CARTABLE_SECRET_KEY": "", "CARTABLE_DATA": str(tmp_path)})
    assert ended.returncode != 0
    assert "CARTABLE_SECRET_KEY" in ended.stderr
    assert not list(tmp_path.iterdir())
