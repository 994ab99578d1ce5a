from core.errors import BadUsage, DomainError, RefusedByRule


def test_an_error_says_what_happened_then_what_to_do() -> None:
    error = RefusedByRule("Trop de départs.", remedy="Vérifiez le fichier.", code="too-many", gone=31)
    assert str(error) == "Trop de départs. Vérifiez le fichier."
    assert error.as_problem() == {
        "type": "urn:cartable:too-many",
        "title": "Trop de départs.",
        "detail": "Vérifiez le fichier.",
        "status": 409,
        "gone": 31,
    }


def test_exit_codes_tell_failure_bad_usage_and_refusal_apart() -> None:
    assert (DomainError.exit_code, BadUsage.exit_code, RefusedByRule.exit_code) == (1, 2, 3)


def test_an_error_without_words_still_speaks() -> None:
    assert str(DomainError()) == "L’opération n’a pas abouti."
