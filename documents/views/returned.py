"""What came back to someone from folders that went: told in Mes documents until they have read it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.models import User
from core.text import fold, uuids_of
from documents.querysets import returned_to
from documents.services import returns
from documents.views.requests import MOST, back_of, is_pupil, person_of
from ui.french import NBSP, agree, counted

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Note:
    """« 3 éléments vous ont été rendus du dossier « Projet » de Zoé Diallo. »"""

    uuid: UUID
    words: str


def notes(request: HttpRequest) -> list[Note]:
    """The last ones not read yet. One query, and one for names where there are some."""
    found = list(returned_to(person_of(request))[:SHOWN])
    owners = {each.of for each in found if each.of}
    names = User.everyone.filter(uuid__in=owners).names() if owners else {}
    pupil = is_pupil(request)
    told = []
    for each in found:
        name = names.get(each.of, "") if each.of else ""
        folder = f"«{NBSP}{each.folder}{NBSP}»{f' {_of(name)}' if name else ''}"
        if pupil:
            things = agree(each.count, "Ton document est revenu", f"Tes {each.count} documents sont revenus")
            words = f"Le dossier {folder} n’est plus là. {things} ici."
        else:
            back = agree(each.count, "vous a été rendu", "vous ont été rendus")
            words = f"{counted(each.count, 'élément')} {back} du dossier {folder}."
        told.append(Note(each.uuid, words))
    return told


def _of(name: str) -> str:
    """« de Zoé », « d’Anouk »."""
    return f"d’{name}" if fold(name[:1]) in set("aeiou") else f"de {name}"


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """These were read (`note`)."""
    returns.dismiss(by=person_of(request), uuids=uuids_of(request.POST.getlist("note")[:MOST]))
    return redirect(back_of(request))
