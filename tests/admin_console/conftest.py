import pytest

from tests.admin_console.worlds import MORNING


@pytest.fixture(autouse=True)
def _a_monday_of_september(at) -> None:
    at(MORNING)


@pytest.fixture(autouse=True)
def _storage_of_the_test(request, tmp_path, settings) -> None:
    """What is sent lies in the test's own folder; a real worker reads that of the whole run."""
    if "worker" in request.fixturenames:
        return
    storages = dict(settings.STORAGES)
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "storage")},
    }
    settings.STORAGES = storages
