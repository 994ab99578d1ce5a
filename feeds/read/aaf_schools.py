"""AAF records of structures, made rows."""

from typing import Any

from feeds.read.codes import Code
from feeds.read.dialect import Dialect
from feeds.read.rows import Batch, Kind, Relation, anomaly
from feeds.read.school_names import is_private, school_kind, school_name
from feeds.read.values import LONGEST, clean, clean_lines, read_phone, read_postal_code, read_uai
from schools.rules import uai_letter


class SchoolRecords:
    """Fills `batch` from one file's records; `number` is the file's in its set."""

    def __init__(self, dialect: Dialect, file: str, number: int) -> None:
        self.dialect = dialect
        self.file = file
        self.number = number
        self.batch = Batch()

    def read(self, line: int, values: dict[str, Any]) -> None:
        """One record's raw values: a SCHOOL row, or an anomaly that says why not."""
        key = clean(values.get("key"))
        name = school_name(values.get("name", ""), values.get("type_label", ""))[: LONGEST["school_name"]]
        who = f"École « {name} » (clé {key})" if key else f"École « {name} »"
        if not key or len(key) > LONGEST["key"]:
            self._say(Code.KEY_MISSING, line, key, who=who)
            return
        if not name:
            self._say(Code.NAME_MISSING, line, key, who=who, missing="nom")
            return
        stated = clean(values.get("uai"))
        uai = read_uai(stated)
        if not uai:
            self._say(Code.UAI_UNUSABLE, line, key, who=who, value=stated)
            return
        if uai[7] != uai_letter(uai[:7]):
            self._say(Code.UAI_LETTER, line, key, who=who, value=uai, expected=uai_letter(uai[:7]))
        self.batch.rows[Relation.SCHOOL].append(self._row(line, key, uai, name, values))

    def _row(self, line: int, key: str, uai: str, name: str, values: dict[str, Any]) -> tuple[Any, ...]:
        label = clean(values.get("type_label"))
        box = clean(values.get("box"))
        address = clean_lines(values.get("address"), mark="$")
        return (
            line,
            self.number,
            key,
            uai,
            clean(values.get("siren"))[:20],
            name,
            school_kind(label, clean(values.get("type_code")), values.get("name", "")) or self.dialect.kind,
            label[: LONGEST["label"]],
            is_private(clean(values.get("contract")), label),
            "\n".join(part for part in (address, box) if part)[: LONGEST["address"]],
            read_postal_code(clean(values.get("postal_code")))[: LONGEST["postal_code"]],
            clean(values.get("city"))[: LONGEST["city"]],
            read_phone(clean(values.get("phone")))[: LONGEST["phone"]],
            (clean(values.get("email")) or clean(values.get("other_email")))[: LONGEST["email"]],
            clean(values.get("district_key"))[: LONGEST["key"]],
            clean(values.get("academy_name"))[: LONGEST["label"]],
            clean(values.get("academy_code"))[:40],
        )

    def _say(self, code: Code, line: int, key: str, **values: Any) -> None:
        self.batch.anomalies.append(
            anomaly(code, self.file, line, kind=Kind.SCHOOL, key=key, tool=self.dialect.tool, **values)
        )
