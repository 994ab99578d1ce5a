"""AAF 1D: what each attribute means, and one file read into batches of rows.

A file is read by itself, in whatever process: `FileJob` travels, `read_file` reads. The second degree
has the same envelope: its table would stand beside this one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from feeds.read import plain
from feeds.read.aaf_people import PeopleRecords
from feeds.read.aaf_schools import SchoolRecords
from feeds.read.codes import Code
from feeds.read.envelope import record_line, records, unexpected
from feeds.read.fileset import FileSet
from feeds.read.rows import Anomaly, Batch, Kind, anomaly

_NAMES = {
    "ENTPersonJointure": "key",
    "ENTPersonDateNaissance": "birth_date",
    "ENTPersonNom": "last_name",
    "ENTPersonNomPatro": "birth_name",
    "ENTPersonPrenom": "first_name",
    "ENTPersonAutresPrenoms": "other_first_names*",
    "ENTPersonCivilite": "civility",
    "ENTPersonMail": "email",
}
_ADDRESS = {
    "ENTPersonAdresse": "address",
    "ENTPersonCodePostal": "postal_code",
    "ENTPersonVille": "city",
    "ENTPersonPays": "country",
}
#: Per kind: attribute → our field, `*` when its values are many, '' when it is known and not used.
ATTRIBUTES: dict[Kind, dict[str, str]] = {
    Kind.SCHOOL: {
        "ENTStructureJointure": "key",
        "ENTStructureUAI": "uai",
        "ENTStructureSIREN": "siren",
        "ENTStructureNomCourant": "name",
        "ENTStructureTypeStruct": "type_label",
        "ENTStructureCodeTypeStruct": "type_code",
        "ENTEtablissementContrat": "contract",
        "ENTStructureBoitePostale": "box",
        "ENTStructureAdresse": "address",
        "ENTStructureCodePostal": "postal_code",
        "ENTStructureVille": "city",
        "ENTStructureTelephone": "phone",
        "ENTStructureEmail": "email",
        "ENTStructureMailSI": "other_email",
        "ENTEcoleCirconscription": "district_key",
        "ENTServAcAcademie": "academy_name",
        "ENTServAcCodeAcademie": "academy_code",
        "ENTStructureFax": "",
        "ENTEcoleMinistereTutelle": "",
        "ENTEcoleCodeMinistereTutelle": "",
        "ENTEcoleSecteur": "",
        "ENTEcoleCommune": "",
        "ENTEcoleRPI": "",
    },
    Kind.PUPIL: {
        **_NAMES,
        "ENTEleveINE": "ine",
        "ENTEleveAutoriteParentale": "ties*",
        "ENTPersonStructRattach": "schools*",
        "ENTPersonClasses": "classes*",
        "ENTPersonGroupes": "groups*",
        "ENTEleveNiveau": "level",
        "ENTEleveDateEntreeStructRattach": "entered*",
        "ENTEleveDateSortieStructRattach": "left*",
        "ENTEleveCycle": "",
        "ENTEleveTypeClasse": "",
        "ENTEleveDateEntreeClasses": "",
        "ENTEleveDateSortieClasses": "",
        "ENTEleveRestaurantScolaire": "",
        "ENTEleveTransport": "",
        "ENTEleveGarderieMatin": "",
        "ENTEleveGarderieSoir": "",
        "ENTEleveEtudesSurveillees": "",
        **_ADDRESS,
        "ENTPersonAdresseDiffusion": "",
    },
    Kind.RELATIVE: {
        **_NAMES,
        **_ADDRESS,
        "ENTPersonTelPerso": "home_phone",
        "ENTPersRelEleveTelPro": "work_phone",
        "ENTPersRelEleveTelMobile": "mobile_phone",
        "ENTPersonAdresseDiffusion": "",
        "ENTPersRelEleveEleve": "",
    },
    Kind.STAFF: {
        **_NAMES,
        "ENTPersonStructRattach": "schools*",
        "ENTPersonFonctions": "functions*",
        "ENTEnsFonctionDir": "headed*",
        "ENTPersonCategorieEnseignant": "is_teacher",
        "ENTEnsSpecialites": "",
    },
}
#: What `categoriePersonne` or `categorieStructure` says in a file of each kind.
CATEGORIES: dict[Kind, str] = {
    Kind.SCHOOL: "EtabEducNat",
    Kind.PUPIL: "Eleve",
    Kind.RELATIVE: "PersRelEleve",
    Kind.STAFF: "PersEducNat",
}
BATCH = 2000


@dataclass(frozen=True, slots=True)
class FileJob:
    """One file to read, as plain values that travel to another process.

    `number`: its index in the set's list, written in each row. `latest_birth`: the ISO day after which
    nobody can be born.
    """

    path: str
    name: str
    number: int
    kind: Kind
    latest_birth: str


def jobs(found: FileSet, *, today: date) -> list[FileJob]:
    """A job per file of the set. A feed may be dated ahead of the clock: the later day bounds births."""
    latest = max(found.date, today).isoformat()
    return [
        FileJob(str(file.path), file.name, number, file.kind, latest)
        for number, file in enumerate(found.files)
    ]


def read_file(job: FileJob, *, size: int = BATCH) -> Iterator[Batch]:
    """The rows of one file, `size` records a batch; the last batch also bears what is told of the whole file.

    Raises UnreadableSet, then batches already yielded are to be forgotten with the set.
    """
    reader = SchoolRecords(job.name, job.number) if job.kind is Kind.SCHOOL else PeopleRecords(
        job.kind, job.name, job.number, latest_birth=job.latest_birth
    )  # fmt: skip
    table = ATTRIBUTES[job.kind]
    category = CATEGORIES[job.kind]
    unknown: dict[str, int] = {}
    ours = 0
    for record in _records(job):
        line, stated = record.line, record.category
        reader.batch.records += 1
        if stated and stated != category and stated.casefold() != category.casefold():
            reader.batch.anomalies.append(
                anomaly(Code.WRONG_KIND, job.name, line, kind=job.kind, value=stated, expected=category)
            )
            continue
        ours += 1
        values = record.values(table, unknown)
        if "key" not in values and record.identifier:
            values["key"] = record.identifier
        reader.read(line, values)
        if reader.batch.records >= size:
            yield reader.batch
            reader.batch = Batch()
    reader.batch.anomalies.extend(_of_the_file(job, unknown, empty=not ours))
    yield reader.batch


def _of_the_file(job: FileJob, unknown: dict[str, int], *, empty: bool) -> Iterator[Anomaly]:
    for name, line in unknown.items():
        yield anomaly(Code.ATTRIBUTE_UNKNOWN, job.name, line, kind=job.kind, subject=name, value=name)
    if empty:
        yield anomaly(Code.FILE_EMPTY, job.name, 0, kind=job.kind, value=CATEGORIES[job.kind])


def _records(job: FileJob) -> Iterator["plain.PlainRecord | TreeRecord"]:
    """The file's records, by patterns as far as they are plain, else by trees."""
    path, seen = Path(job.path), 0
    try:
        for record in plain.records(path, name=job.name):
            seen += 1
            yield record
    except plain.NotPlain:
        for element in islice(records(path, name=job.name), seen, None):
            yield TreeRecord(element, job.name)


class TreeRecord:
    """An `addRequest` element as `plain.PlainRecord` shows it; `name` is its file's. Raises UnreadableSet."""

    def __init__(self, element: Any, name: str) -> None:
        self._element, self._name = element, name
        self.line = record_line(element)
        self.category = _category(element, name)

    @property
    def identifier(self) -> str:
        return (self._element.findtext("identifier/id") or "").strip()

    def values(self, table: dict[str, str], unknown: dict[str, int]) -> dict[str, Any]:
        return _values(self._element, table, unknown, self._name)


def _category(element: Any, name: str) -> str:
    """What the record says it is; '' when it says nothing. Raises UnreadableSet when it nests."""
    try:
        value = element[0][0][0]
    except IndexError:
        return ""
    if len(value):
        raise unexpected(name, value[0])
    return (value.text or "").strip() if value.tag == "value" else ""


def _values(element: Any, table: dict[str, str], unknown: dict[str, int], name: str) -> dict[str, Any]:
    """Our fields' raw texts: one, or a list where the table says many (holes kept, they have a place)."""
    values: dict[str, Any] = {}
    if not len(element) or element[-1].tag != "attributes":
        return values
    for attr in element[-1]:
        said = attr.get("name", "")
        field = table.get(said)
        if not field:
            if field is None and not plain.is_date_twin(said, table):
                unknown.setdefault(said, record_line(attr))
                _refuse_nesting(attr, name)
            continue
        if field[-1] == "*":
            values.setdefault(field[:-1], []).extend(_texts(attr, name))
        elif len(attr):
            value = attr[0] if len(attr) == 1 else _first_told(attr)
            if len(value):
                raise unexpected(name, value[0])
            text = value.text
            if text and field not in values and not text.isspace():
                values[field] = text
    return values


def _texts(attr: Any, name: str) -> list[str]:
    """All its values' texts. Raises UnreadableSet when one holds more than text."""
    texts = []
    for value in attr:
        if len(value):
            raise unexpected(name, value[0])
        texts.append(value.text or "")
    return texts


def _first_told(attr: Any) -> Any:
    """The first value with a text, of an attribute that should have but one."""
    return next((value for value in attr if value.text and not value.text.isspace()), attr[0])


def _refuse_nesting(attr: Any, name: str) -> None:
    """A value holds text alone. Raises UnreadableSet."""
    for value in attr:
        if len(value):
            raise unexpected(name, value[0])
