"""Files are kept in a folder of the test's own, or in a bucket of a real HTTP server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from tests.core.storage import buckets

CASES = Path(__file__).resolve().parent.parent.parent / "cases" / "uploads"


@pytest.fixture
def case() -> Callable[[str], bytes]:
    """The bytes of a case of `tests/cases/uploads`."""
    return lambda name: (CASES / name).read_bytes()


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where files are kept: locally."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return tmp_path / "files"


@pytest.fixture
def bucket(settings: Any) -> Iterator[str]:
    """Where files are kept: in a new bucket; answers its address."""
    with buckets.made() as url:
        from ent import storage

        settings.STORAGES = settings.STORAGES | {"default": storage.from_url(url, Path("/nowhere"))}
        yield url


@pytest.fixture(params=["folder", "bucket"])
def kept_in(request: pytest.FixtureRequest) -> str:
    """Each test twice: on a local folder, and on a bucket."""
    request.getfixturevalue(request.param)
    return str(request.param)


@pytest.fixture
def files() -> Callable[[], list[str]]:
    """All that the storage holds, by path."""

    def under(folder: str) -> list[str]:
        try:
            folders, names = default_storage.listdir(folder)
        except FileNotFoundError:
            return []
        paths = [f"{folder}/{name}".lstrip("/") for name in names]
        return paths + [path for inner in folders for path in under(f"{folder}/{inner}".lstrip("/"))]

    return lambda: sorted(under(""))
