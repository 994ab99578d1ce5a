"""Files that an administrator sends by the browser or the API, kept where a worker can read them."""

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from core.errors import BadUsage
from core.models import Job
from directory.authority import require_school
from feeds import tasks
from schools.models import School

FOLDER = "feeds/uploads"
ENDINGS = (".csv", ".zip", ".gz", ".tgz")


class UnusableUpload(BadUsage):
    """What was sent cannot be ONDE's files."""

    code = "unusable-upload"
    status = 422
    remedy = "Envoyez les fichiers CSV d’ONDE, tels que téléchargés, ou leur archive zip."


def send_csv(
    *,
    by: User,
    school: School,
    files: Sequence[UploadedFile],
    year: int | None = None,
    dry_run: bool = True,
    accept_departures: bool = False,
) -> Job:
    """Keeps the files of a school and starts their import as a job; answers it.

    Raises `NotYours` outside the actor's scope, `UnusableUpload`.
    """
    require_school(by, school)
    folder = keep(files)
    return tasks.import_upload.start(
        by=by, actor=str(by.uuid), school=school.uuid, label=f"Alimentation de {school.name}", folder=folder, uai=school.uai,
        year=year, dry_run=dry_run, accept_departures=accept_departures,
    )  # fmt: skip


def keep(files: Sequence[UploadedFile]) -> str:
    """Writes the files to the storage; answers the folder that `opened` reads. Raises `UnusableUpload`."""
    if not files:
        raise UnusableUpload("Aucun fichier n’a été reçu.")
    limit = settings.CARTABLE_FEED_UPLOAD_BYTES
    if sum(file.size or 0 for file in files) > limit:
        raise UnusableUpload(f"Ces fichiers dépassent {limit // 1_000_000} Mo.")
    names = [Path(file.name or "").name for file in files]
    strange = [name for name in names if not name.lower().endswith(ENDINGS)]
    if strange:
        raise UnusableUpload(f"« {strange[0]} » n’est pas un fichier d’ONDE.")
    folder = f"{FOLDER}/{uuid.uuid4()}"
    for number, (name, file) in enumerate(zip(names, files, strict=True)):
        default_storage.save(f"{folder}/{number}/{name}", file)
    return folder


@contextmanager
def opened(folder: str) -> Iterator[Path]:
    """The files in a temporary folder, or the one archive itself; they are erased from the storage after."""
    paths = [
        f"{folder}/{number}/{name}"
        for number in sorted(default_storage.listdir(folder)[0])
        for name in default_storage.listdir(f"{folder}/{number}")[1]
    ]
    with tempfile.TemporaryDirectory(prefix="cartable-upload-") as made:
        local = []
        for path in paths:
            target = Path(made) / Path(path).name
            with default_storage.open(path) as source, target.open("wb") as written:
                for chunk in source.chunks():
                    written.write(chunk)
            local.append(target)
        yield local[0] if len(local) == 1 else Path(made)
    for path in paths:
        default_storage.delete(path)
