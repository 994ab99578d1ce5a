"""Which files a path holds, of which kind, part and date, before any is read.

`<name>_Complet_<YYYYMMDD>_<Kind>_<NNNN>.xml` (`formats.md`): the name may hold more parts, the date may
be missing. A path is a folder, a zip or a tar.gz; several academies lie in one folder each.
"""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from core.text import squash
from feeds.read.archives import Limits, is_archive, unpack
from feeds.read.codes import Code, SetCode
from feeds.read.errors import UnreadableSet
from feeds.read.rows import Anomaly, Kind, anomaly

_NAME = re.compile(
    r"(?P<name>.+?)_(?P<mode>complet|delta|diff[a-z]*|increment[a-z]*)(?:_(?P<date>\d{8}))?"
    r"_(?P<kind>[a-z]+)_(?P<part>\d{1,6})\.xml",
    re.IGNORECASE,
)
KINDS: dict[str, Kind] = {
    "etabeducnat": Kind.SCHOOL,
    "eleve": Kind.PUPIL,
    "persreleleve": Kind.RELATIVE,
    "perseducnat": Kind.STAFF,
}
#: The order in which files are numbered and read.
_ORDER = {Kind.SCHOOL: 0, Kind.STAFF: 1, Kind.PUPIL: 2, Kind.RELATIVE: 3}
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file to read: where it lies now, the name to show, its kind and its number among the kind's."""

    path: Path
    name: str
    kind: Kind
    part: int


@dataclass(frozen=True, slots=True)
class FileSet:
    """The files of one academy and one date, in reading order. `folder` may name the academy.

    `date_stated` is False when the names bear no date: the newest file's own day is taken.
    """

    folder: str
    date: date
    date_stated: bool
    files: tuple[FeedFile, ...]
    anomalies: tuple[Anomaly, ...]


@contextmanager
def open_set(path: Path | str, *, academy: str = "", limits: Limits | None = None) -> Iterator[FileSet]:
    """The set that a path holds; what an archive gave is there until the block ends.

    `academy` picks a folder where several lie side by side. Raises UnreadableSet.
    """
    path = Path(path)
    if is_archive(path):
        with tempfile.TemporaryDirectory(prefix="cartable-feed-") as folder:
            unpack(path, Path(folder), wanted=_is_xml, limits=limits)
            yield _find(Path(folder), shown=path.name, academy=academy)
        return
    if not path.is_dir():
        raise _no_folder(path)
    yield _find(path, shown=path.name, academy=academy)


def _is_xml(name: str) -> bool:
    return name.lower().endswith(".xml") and not name.startswith(".")


def _no_folder(path: Path) -> UnreadableSet:
    if path.exists():
        return UnreadableSet(
            SetCode.NO_USABLE_FILE,
            f"« {path.name} » n’est ni un dossier, ni une archive zip ou tar.gz.",
            remedy="Indiquez le dossier (ou l’archive) qui contient tous les fichiers de l’alimentation.",
            file=path.name,
        )
    return UnreadableSet(
        SetCode.PATH_MISSING,
        f"Le dossier « {path} » n’existe pas.",
        remedy="Vérifiez le chemin du dossier ou de l’archive.",
    )


def _find(root: Path, *, shown: str, academy: str) -> FileSet:
    folders: dict[Path, list[Path]] = defaultdict(list)
    strangers: list[Path] = []
    for file in sorted(root.rglob("*")):
        if not file.is_file() or not _is_xml(file.name) or len(file.relative_to(root).parts) > _DEEPEST:
            continue
        if _NAME.fullmatch(file.name):
            folders[file.parent].append(file)
        else:
            strangers.append(file)
    if not folders:
        raise _nothing(shown, strangers)
    folder = _pick(folders, root=root, academy=academy)
    return _describe(
        folder,
        folders[folder],
        strangers=[file for file in strangers if file.parent == folder],
        folder_name=shown if folder == root else folder.name,
    )


def _nothing(shown: str, strangers: list[Path]) -> UnreadableSet:
    found = ", ".join(f"« {file.name} »" for file in strangers[:3])
    return UnreadableSet(
        SetCode.NO_USABLE_FILE,
        f"« {shown} » ne contient aucun fichier d’alimentation utilisable"
        + (f" (trouvé : {found})." if found else "."),
        remedy="Attendu : des fichiers nommés <nom>_Complet_<AAAAMMJJ>_<Catégorie>_<NNNN>.xml, où la catégorie est "
        "EtabEducNat, Eleve, PersRelEleve ou PersEducNat.",
    )


def _pick(folders: dict[Path, list[Path]], *, root: Path, academy: str) -> Path:
    if len(folders) == 1:
        return next(iter(folders))
    names = ", ".join(f"« {folder.name} »" for folder in folders)
    if not academy:
        raise UnreadableSet(
            SetCode.SEVERAL_ACADEMIES,
            f"Plusieurs dossiers contiennent des fichiers d’alimentation : {names}.",
            remedy="Indiquez l’académie avec --academy, ou le dossier d’une seule.",
        )
    fitting = [folder for folder in folders if folder != root and squash(folder.name) == squash(academy)]
    if len(fitting) != 1:
        raise UnreadableSet(
            SetCode.ACADEMY_UNKNOWN,
            f"Aucun dossier ne porte le nom de l’académie « {academy} » (trouvé : {names}).",
            remedy="Vérifiez le code donné à --academy, ou indiquez le dossier de cette académie.",
        )
    return fitting[0]


def _describe(folder: Path, paths: list[Path], *, strangers: list[Path], folder_name: str) -> FileSet:
    anomalies = [
        anomaly(Code.FILE_UNUSED, file.name, 0, value=file.name, subject=file.name,
                why="Vérifiez son nom s’il devait l’être.")
        for file in strangers
    ]  # fmt: skip
    files: list[FeedFile] = []
    dates: set[str | None] = set()
    for path in paths:
        match = _NAME.fullmatch(path.name)
        assert match is not None
        if match["mode"].lower() != "complet":
            raise difference_set(path.name)
        kind = KINDS.get(match["kind"].lower())
        if kind is None:
            why = f"La catégorie « {match['kind']} » n’est pas reprise."
            anomalies.append(
                anomaly(Code.FILE_UNUSED, path.name, 0, value=path.name, subject=path.name, why=why)
            )
            continue
        dates.add(match["date"])
        files.append(FeedFile(path, path.name, kind, int(match["part"])))
    if not files:
        raise _nothing(folder_name, paths)
    _check_parts(files)
    files.sort(key=lambda file: (_ORDER[file.kind], file.part))
    day, stated = _date_of(files, dates)
    if not stated:
        anomalies.append(anomaly(Code.DATE_FROM_FILE, files[0].name, 0, value=f"{day:%d/%m/%Y}"))
    return FileSet(folder_name, day, stated, tuple(files), tuple(anomalies))


def difference_set(file: str, line: int | None = None) -> UnreadableSet:
    """Only complete sets are read: absence cannot be told from a difference."""
    return UnreadableSet(
        SetCode.DIFFERENCE_SET,
        f"« {file} » appartient à une alimentation différentielle (Delta) : seules les alimentations complètes "
        "sont lues, rien n’a changé.",
        remedy="Demandez à l’académie l’extraction complète (fichiers « _Complet_ »).",
        file=file,
        line=line,
    )


def _check_parts(files: list[FeedFile]) -> None:
    parts: dict[Kind, list[FeedFile]] = defaultdict(list)
    for file in files:
        parts[file.kind].append(file)
    for same in parts.values():
        numbers = sorted(file.part for file in same)
        if len(set(numbers)) != len(numbers):
            twice = ", ".join(f"« {file.name} »" for file in same if numbers.count(file.part) > 1)
            raise UnreadableSet(
                SetCode.PART_TWICE,
                f"Plusieurs fichiers portent le même numéro d’une même catégorie : {twice}.",
                remedy="Ne laissez dans le dossier que les fichiers d’une seule alimentation.",
            )
        missing = sorted(set(range(numbers[-1] + 1)) - set(numbers))
        if missing:
            raise UnreadableSet(
                SetCode.PART_MISSING,
                f"Il manque le fichier n° {missing[0]:04d} de la catégorie de « {same[0].name} ».",
                remedy="Complétez le dossier avec tous les fichiers de l’alimentation, puis recommencez.",
                file=same[0].name,
                missing=missing[:20],
            )


def _date_of(files: list[FeedFile], dates: set[str | None]) -> tuple[date, bool]:
    if len(dates) > 1:
        told = ", ".join(sorted(_french(day) if day else "sans date" for day in dates))
        raise UnreadableSet(
            SetCode.SEVERAL_DATES,
            f"Les fichiers du dossier ne sont pas tous de la même date : {told}.",
            remedy="Ne laissez dans le dossier que les fichiers d’une seule alimentation.",
        )
    stated = dates.pop()
    if stated is None:
        newest = max(file.path.stat().st_mtime for file in files)
        return datetime.fromtimestamp(newest, tz=UTC).astimezone().date(), False
    try:
        return date(int(stated[:4]), int(stated[4:6]), int(stated[6:])), True
    except ValueError:
        raise UnreadableSet(
            SetCode.DATE_IMPOSSIBLE,
            f"La date « {stated} » du fichier « {files[0].name} » n’existe pas.",
            remedy="Vérifiez le nom des fichiers : la date s’y écrit AAAAMMJJ.",
            file=files[0].name,
        ) from None


def _french(day: str) -> str:
    return f"{day[6:]}/{day[4:6]}/{day[:4]}"
