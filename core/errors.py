"""Domain errors: from one class a page, a problem+json answer and an exit code are made."""

from typing import Any


class DomainError(Exception):
    """A rule said no, or the input cannot be used.

    `sentence` says in French what happened and what it means, `remedy` what to do next; `fields`
    holds the figures and names that make the case. Commands end with `exit_code`: 1 failed,
    2 bad usage, 3 refused by a safety rule.
    """

    code = "error"
    sentence = "L’opération n’a pas abouti."
    remedy = ""
    exit_code = 1
    status = 400

    def __init__(self, sentence: str = "", *, remedy: str = "", code: str = "", **fields: Any) -> None:
        self.sentence = sentence or self.sentence
        self.remedy = remedy or self.remedy
        self.code = code or self.code
        self.fields = fields
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()

    def as_problem(self) -> dict[str, Any]:
        """RFC 9457 problem details."""
        return {
            "type": f"urn:cartable:{self.code}",
            "title": self.sentence,
            "detail": self.remedy,
            "status": self.status,
            **self.fields,
        }


class RefusedByRule(DomainError):
    """A safety rule refused; nothing was changed."""

    code = "refused"
    exit_code = 3
    status = 409


class BadUsage(DomainError):
    """The call's words are off."""

    code = "bad-usage"
    exit_code = 2
