"""A school on a Tuesday at noon; files of these tests are kept in a folder of the test's own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.blog.factories import BlogWorld, blog_world
from tests.directory.worlds import SchoolWorld, school_world

NOON = datetime(2026, 10, 6, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: Path) -> Path:
    """Where contents lie."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return tmp_path / "files"


@pytest.fixture
def here(at: Callable[[Any], None]) -> BlogWorld:
    """A teacher's blog: pupils contribute, relatives comment, the teacher next door reads."""
    at(NOON)
    return blog_world()


@pytest.fixture
def world(at: Callable[[Any], None]) -> SchoolWorld:
    """A school of one class, whose director opens public blogs."""
    at(NOON)
    return school_world()
