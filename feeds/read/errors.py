"""What refuses a whole set before anything is staged."""

from typing import Any

from core.errors import DomainError
from feeds.read.codes import SetCode


class UnreadableSet(DomainError):
    """The set cannot be used, and leaves nothing. `fields` names `file` and `line` where they are known.

    Exit 3 for a difference set (a rule says no), 1 for all that cannot be read.
    """

    code = "unreadable-set"
    exit_code = 1
    status = 422

    def __init__(
        self,
        code: SetCode,
        sentence: str,
        *,
        remedy: str,
        file: str = "",
        line: int | None = None,
        **fields: Any,
    ) -> None:
        where = {key: value for key, value in (("file", file), ("line", line)) if value}
        super().__init__(sentence, remedy=remedy, code=str(code), **where, **fields)
        if code is SetCode.DIFFERENCE_SET:
            self.exit_code = 3

    def __reduce__(self) -> tuple[Any, ...]:
        # Files are read in other processes: the error must come back whole.
        return (_again, (self.code, self.sentence, self.remedy, self.fields))


def _again(code: str, sentence: str, remedy: str, fields: dict[str, Any]) -> UnreadableSet:
    return UnreadableSet(SetCode(code), sentence, remedy=remedy, **fields)
