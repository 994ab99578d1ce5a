"""What can be wrong with what was read: a code for machines, and the French line that names it.

Two scopes. A `Code` is an anomaly: the set goes on, with or without the record. A `SetCode` refuses
the whole set (`feeds.read.errors.UnreadableSet`).
"""

from enum import StrEnum


class Code(StrEnum):
    """An anomaly of a record, of a column or of a whole file."""

    # the record is left out
    KEY_MISSING = "key-missing"
    NAME_MISSING = "name-missing"
    BIRTH_DATE_MISSING = "birth-date-missing"
    BIRTH_DATE_UNREADABLE = "birth-date-unreadable"
    BIRTH_DATE_IMPOSSIBLE = "birth-date-impossible"
    BIRTH_DATE_FUTURE = "birth-date-future"
    ESSENTIAL_TOO_LONG = "essential-too-long"
    UAI_UNUSABLE = "uai-unusable"
    WRONG_KIND = "wrong-kind"
    ROW_TWICE = "row-twice"

    # the record comes in, something of it does not
    BIRTH_DATE_IGNORED = "birth-date-ignored"
    CLASS_PARTS = "class-parts"
    CLASS_DATES = "class-dates"
    TIE_UNREADABLE = "tie-unreadable"
    FUNCTION_UNREADABLE = "function-unreadable"
    EXIT_DATE_UNREADABLE = "exit-date-unreadable"
    EXIT_DATE_UNPLACED = "exit-date-unplaced"
    INE_PLACEHOLDER = "ine-placeholder"
    INE_MALFORMED = "ine-malformed"
    UAI_LETTER = "uai-letter"
    VALUE_TOO_LONG = "value-too-long"
    CHILD_INCOMPLETE = "child-incomplete"
    ROW_REPEATED = "row-repeated"

    # once a set
    ATTRIBUTE_UNKNOWN = "attribute-unknown"
    GROUPS_UNUSED = "groups-unused"
    LEVEL_UNKNOWN = "level-unknown"
    COLUMN_UNUSED = "column-unused"
    FILE_UNUSED = "file-unused"
    DATE_FROM_FILE = "date-from-file"

    # the set should be refused by the caller
    FILE_EMPTY = "file-empty"

    # found when the rows of a CSV are matched with the people known
    INE_CLASH = "ine-clash"
    INE_DIFFERS = "ine-differs"
    PERSON_AMBIGUOUS = "person-ambiguous"
    CHILD_UNKNOWN = "child-unknown"
    CHILD_AMBIGUOUS = "child-ambiguous"
    RELATIVE_WITHOUT_CHILD = "relative-without-child"


class SetCode(StrEnum):
    """Why a whole set cannot be used."""

    PATH_MISSING = "path-missing"
    NO_USABLE_FILE = "no-usable-file"
    SEVERAL_ACADEMIES = "several-academies"
    ACADEMY_UNKNOWN = "academy-unknown"
    SEVERAL_DATES = "several-dates"
    DATE_IMPOSSIBLE = "date-impossible"
    DIFFERENCE_SET = "difference-set"
    PART_MISSING = "part-missing"
    PART_TWICE = "part-twice"
    ARCHIVE_BROKEN = "archive-broken"
    ARCHIVE_HOSTILE = "archive-hostile"
    ARCHIVE_ENCRYPTED = "archive-encrypted"
    ARCHIVE_TOO_BIG = "archive-too-big"
    FILE_UNREADABLE = "file-unreadable"
    NOT_XML = "not-xml"
    XML_CUT = "xml-cut"
    XML_BROKEN = "xml-broken"
    XML_ENTITY = "xml-entity"
    XML_EXTERNAL_DTD = "xml-external-dtd"
    XML_TOO_DEEP = "xml-too-deep"
    XML_TOO_BIG = "xml-too-big"
    WRONG_ROOT = "wrong-root"
    UNEXPECTED_ELEMENT = "unexpected-element"
    ENCODING_UNKNOWN = "encoding-unknown"
    ENCODING_LIES = "encoding-lies"
    NOT_CSV = "not-csv"
    CSV_QUOTE = "csv-quote"
    CSV_TOO_BIG = "csv-too-big"
    COLUMN_MISSING = "column-missing"
    FILE_TWICE = "file-twice"


#: Codes that are told once a set and subject (an attribute, a column), whatever the number of files.
ONCE_PER_SET = frozenset(
    {Code.ATTRIBUTE_UNKNOWN, Code.GROUPS_UNUSED, Code.LEVEL_UNKNOWN, Code.COLUMN_UNUSED, Code.DATE_FROM_FILE}
)

#: Codes whose record was left out of the rows.
LEAVES_OUT = frozenset(
    {
        Code.KEY_MISSING,
        Code.NAME_MISSING,
        Code.BIRTH_DATE_MISSING,
        Code.BIRTH_DATE_UNREADABLE,
        Code.BIRTH_DATE_IMPOSSIBLE,
        Code.BIRTH_DATE_FUTURE,
        Code.ESSENTIAL_TOO_LONG,
        Code.UAI_UNUSABLE,
        Code.WRONG_KIND,
        Code.ROW_TWICE,
        Code.INE_DIFFERS,
        Code.PERSON_AMBIGUOUS,
        Code.RELATIVE_WITHOUT_CHILD,
    }
)

#: Codes of anomalies after which a set should not be applied.
REFUSES = frozenset({Code.FILE_EMPTY})
