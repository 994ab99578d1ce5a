"""What one types of a word to relatives. Rules are the services'."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.models import User
from core.text import uuids_of
from directory.models import SchoolClass
from notebooks.enums import Asks
from notebooks.homework_forms import day_field
from notebooks.models import LiaisonTarget, LiaisonWord
from notebooks.models.liaison import WORD_TITLE_LENGTH
from notebooks.services.liaison_words import WordWords
from ui import rich_text

ASKS = (
    (Asks.SIGNATURE.value, "Lu et signé"),
    (Asks.ANSWER.value, "Une autorisation\u00a0: oui ou non"),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A class that a word may be for, and its pupils; what is chosen."""

    school_class: SchoolClass
    whole: bool
    pupils: Sequence[tuple[User, bool]]

    @property
    def chosen(self) -> int:
        return sum(chosen for _, chosen in self.pupils)


class WordForm(forms.Form):
    """A word; its text is the editor's, and whom it is for ticked beside it."""

    title = forms.CharField(label="Titre", required=False, max_length=WORD_TITLE_LENGTH)
    asks = forms.ChoiceField(label="Ce que vous demandez", choices=ASKS, widget=forms.RadioSelect)
    due_on = day_field("Réponse attendue avant le", required=False)

    def __init__(self, *args: Any, word: LiaisonWord, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": word.title, "asks": word.asks, "due_on": word.due_on})
        super().__init__(*args, **kwargs)
        self.word = word
        if word.sent_at is not None:
            del self.fields["asks"]

    @property
    def html(self) -> str:
        """What the editor sent, as HTML."""
        text = str(self.data.get("texte", ""))
        return text if self.data.get("format") == "html" else rich_text.of_plain(text)

    def words(self, classes: Sequence[SchoolClass] = (), pupils: Sequence[User] = ()) -> WordWords:
        """What the services take, once the form is valid."""
        told = self.cleaned_data
        return WordWords(
            title=told["title"],
            body=self.html,
            asks=Asks(told.get("asks") or self.word.asks),
            due_on=told["due_on"],
            classes=classes,
            pupils=pupils,
        )


def chosen_in(
    data: Any, classes: Sequence[SchoolClass], pupils: Sequence[tuple[User, SchoolClass]]
) -> tuple[list[SchoolClass], list[User]]:
    """The classes (`classe`) and the pupils (`eleve`) ticked, of those offered; one whose class is ticked whole
    is in it already."""
    wanted_classes, wanted = set(uuids_of(data.getlist("classe"))), set(uuids_of(data.getlist("eleve")))
    whole = [each for each in classes if each.uuid in wanted_classes]
    keys = {each.pk for each in whole}
    found = {
        pupil.pk: pupil
        for pupil, school_class in pupils
        if pupil.uuid in wanted and school_class.pk not in keys
    }
    return whole, list(found.values())


def offered_for(
    word: LiaisonWord, classes: Sequence[SchoolClass], pupils: Sequence[tuple[User, SchoolClass]]
) -> list[Offered]:
    """The classes that it may be for, as it is now. A query."""
    targets = list(LiaisonTarget.objects.filter(word=word).values_list("school_class_id", "pupil_id"))
    whole, named = {each for each, _ in targets}, {each for _, each in targets}
    by_class: dict[int, list[tuple[User, bool]]] = defaultdict(list)
    for pupil, school_class in pupils:
        by_class[school_class.pk].append((pupil, pupil.pk in named))
    return [Offered(each, each.pk in whole, by_class[each.pk]) for each in classes]
