"""What is written about the house is true of it."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.template.loader import get_template

from core import errors
from tests.house.rooms import ROOT, rooms, sources, templates

DOCS = ROOT / "docs"
VARIABLE = re.compile(r"[\"'](CARTABLE_[A-Z_]+|DATABASE_URL|REDIS_URL)[\"']")
# Shown by Django itself, or to be extended by whoever installs.
RENDERED_BY_DJANGO = {"403.html", "404.html", "500.html", "400.html", "403_csrf.html"}


def _text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_setting_read_from_the_environment_is_documented() -> None:
    read = {found for path in sources() for found in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    told = set(re.findall(r"`(CARTABLE_[A-Z_]+|DATABASE_URL|REDIS_URL)`", _text("settings.md")))
    assert sorted(read - told) == []
    unread = {name for name in told - read if not hasattr(settings, name)}
    assert sorted(unread) == []


def test_every_command_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app in rooms()}
    told = set(re.findall(r"`manage\.py ([a-z_]+)", _text("commands.md")))
    assert sorted(ours - told) == []
    assert sorted(told - set(get_commands())) == []


def test_everything_that_runs_by_itself_is_documented() -> None:
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    told = set(re.findall(r"^\| `([a-z_.]+)` \|", _text("operate.md"), re.MULTILINE))
    assert told == scheduled


def test_every_kind_of_error_is_documented() -> None:
    def kinds(error: type[errors.DomainError]) -> set[str]:
        return {error.code} | {code for child in error.__subclasses__() for code in kinds(child)}

    product = {
        code
        for code in kinds(errors.DomainError)
        if any(f'code = "{code}"' in path.read_text(encoding="utf-8") for path in sources())
    }
    told = set(re.findall(r"^\| `([a-z-]+)` \|", _text("errors.md"), re.MULTILINE))
    assert sorted(product - told) == []


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    words = set(re.findall(r"^\| `([A-Za-z_]+)` \|", _text("glossary.md"), re.MULTILINE))
    assert len(words) > 20
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    assert sorted(word for word in words if not re.search(rf"\b{word}\b", code)) == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_template_parses_and_somebody_renders_it(path) -> None:
    name = str(path).split("/templates/", 1)[1]
    get_template(name)
    users = [text for other, text in _texts().items() if other != path]
    assert name in RENDERED_BY_DJANGO or _rendered(name, users), f"nobody renders {name}"


@cache
def _texts() -> dict[Path, str]:
    """All that may render a template, read once for the hundreds that ask."""
    return {path: path.read_text(encoding="utf-8") for path in (*sources(), *templates())}


def _rendered(name: str, texts: list[str]) -> bool:
    """Whole, or its folder with the rest filled in: `f"admin_console/{page}.html"`, `"users/card"`."""
    if any(name in text for text in texts):
        return True
    parts = name.removesuffix(".html").split("/")
    splits = [("/".join(parts[:n]), "/".join(parts[n:])) for n in range(1, len(parts))]
    return any(_filled(folder, rest, texts) for folder, rest in splits)


def _filled(folder: str, rest: str, texts: list[str]) -> bool:
    filled = re.compile(rf"{re.escape(folder)}/[\"']?(\{{|%s| \+)")
    said = re.compile(rf"[\"']{re.escape(rest)}(\.html)?[\"'#]")
    return any(filled.search(text) for text in texts) and any(said.search(text) for text in texts)
