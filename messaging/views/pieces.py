"""What is sent to a draft while one writes it: pictures for its text."""

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.storage.services import receive
from messaging.errors import NotAPicture
from messaging.services import writing
from messaging.views.drafts import draft_named
from messaging.views.requests import is_pupil, person_of
from sharing.errors import reword


@require_POST
def picture(request: HttpRequest) -> JsonResponse:
    """A picture for the text, joined at once: its address, or why it was refused."""
    me, file = person_of(request), request.FILES.get("image")
    try:
        if file is None:
            raise NotAPicture()
        draft = draft_named(me, request.POST)
        received = receive(file=file, name=str(file.name))
        made = writing.attach(by=me, message=draft, blob=received.blob, name=received.name, inline=True)
    except DomainError as error:
        reword(error, pupil=is_pupil(request))
        return JsonResponse(error.as_problem(), status=error.status)
    return JsonResponse({"src": reverse("messaging:attachment", args=[made.uuid])}, status=201)
