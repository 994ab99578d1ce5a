"""Files that an administrator sends by the browser or the API, kept where a worker can read them.

A dry run keeps its files for a day: « Appliquer pour de bon » imports those very files.
"""

import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from core.errors import BadUsage, RefusedByRule

FOLDER = "feeds/uploads"
ENDINGS = (".csv", ".zip", ".gz", ".tgz")
KEPT_FOR = timedelta(hours=24)
MOST_FILES = 4
# In bytes: a letter takes four at most.
LONGEST_NAME = 200


class UnusableUpload(BadUsage):
    """What was sent cannot be ONDE's files."""

    code = "unusable-upload"
    status = 422
    remedy = "Envoyez les fichiers CSV d’ONDE, tels que téléchargés, ou leur archive zip."


class NoLongerKept(RefusedByRule):
    """The files of a dry run are kept for a day, until they are applied."""

    code = "no-longer-kept"
    sentence = "Les fichiers de cet essai ne sont plus gardés."
    remedy = "Renvoyez-les : un nouvel essai à blanc dira ce qu’ils changent aujourd’hui."


def keep(files: Sequence[UploadedFile]) -> str:
    """Writes the files to the storage; answers the folder that `opened` reads. Raises `UnusableUpload`."""
    check_files(files)
    folder = f"{FOLDER}/{int(time.time())}-{uuid.uuid4()}"
    for number, file in enumerate(files):
        default_storage.save(f"{folder}/{number}/{_name(file)}", file)
    return folder


def check_files(files: Sequence[UploadedFile]) -> None:
    """What is seen before anything is read: number, size, endings. Raises `UnusableUpload`."""
    if not files:
        raise UnusableUpload("Aucun fichier n’a été reçu.")
    if len(files) > MOST_FILES:
        raise UnusableUpload(f"{len(files)} fichiers ont été reçus, {MOST_FILES} au plus sont attendus.")
    limit = settings.CARTABLE_FEED_UPLOAD_BYTES
    if sum(file.size or 0 for file in files) > limit:
        raise UnusableUpload(f"Ces fichiers dépassent {limit // 1_000_000}\u00a0Mo.")
    names = [_name(file) for file in files]
    for name in names:
        if not name.lower().endswith(ENDINGS):
            raise UnusableUpload(f"«\u00a0{name}\u00a0» n’est pas un fichier d’ONDE.")
        if names.count(name) > 1:
            raise UnusableUpload(f"«\u00a0{name}\u00a0» a été envoyé deux fois.")


@contextmanager
def opened(folder: str) -> Iterator[Path]:
    """The files in a temporary folder, or the one archive itself. Raises `NoLongerKept`."""
    paths = paths_of(folder)
    if not paths:
        raise NoLongerKept()
    with tempfile.TemporaryDirectory(prefix="cartable-upload-") as made:
        # Its name is what the report tells of where the files come from.
        inside = Path(made) / f"{len(paths)} fichiers ONDE"
        inside.mkdir()
        for path in paths:
            target = inside / Path(path).name
            with default_storage.open(path) as source, target.open("wb") as written:
                for chunk in source.chunks():
                    written.write(chunk)
        yield inside if len(paths) > 1 else inside / Path(paths[0]).name


def forget(folder: str) -> None:
    """Erases the files of a folder, and the folder where the storage has any."""
    for path in paths_of(folder):
        default_storage.delete(path)
        default_storage.delete(str(Path(path).parent))
    default_storage.delete(folder)


def forget_old() -> int:
    """Erases what was kept for longer than a day; answers how many folders. The machine's time counts."""
    latest = time.time() - KEPT_FOR.total_seconds()
    old = [name for name in _folders(FOLDER) if int(name.split("-", 1)[0]) < latest]
    for name in old:
        forget(f"{FOLDER}/{name}")
    return len(old)


def _name(file: UploadedFile) -> str:
    """The last part of the name sent, short enough for any disk; its ending stays."""
    name = Path((file.name or "").replace("\\", "/")).name
    return name if len(name.encode()) <= LONGEST_NAME else name[-LONGEST_NAME // 4 :]


def paths_of(folder: str) -> list[str]:
    """The files of a folder in the order they were sent; none where it is no more."""
    return [
        f"{folder}/{number}/{name}"
        for number in _folders(folder)
        for name in default_storage.listdir(f"{folder}/{number}")[1]
    ]


def _folders(folder: str) -> list[str]:
    try:
        return sorted(default_storage.listdir(folder)[0])
    except FileNotFoundError:
        return []
