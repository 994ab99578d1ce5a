"""A director sends ONDE's files of a school: a dry run first, always."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.feeds.forms import SendForm
from admin_console.showing import show_in_console
from core.errors import DomainError
from directory.querysets.administered import administered_schools
from feeds.services.send import send_csv


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def send(request: HttpRequest) -> HttpResponse:
    """The form; sent, the job of its dry run. 422 where the files cannot be taken, with what to do."""
    schools = administered_schools(standpoint(request))
    if request.method != "POST":
        chosen = {"school": request.GET.get("ecole", ""), "year": request.GET.get("annee", "")}
        return _show(request, SendForm(schools=schools, initial=chosen))
    form = SendForm(request.POST, request.FILES, schools=schools)
    if form.is_valid() and form.few:
        told = form.cleaned_data
        try:
            job = send_csv(
                by=person_of(request),
                school=form.chosen,
                files=told["files"],
                year=told["year"],
                dry_run=True,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("console:job", uuid=job.uuid)
    return _show(request, form, status=422)


def _show(request: HttpRequest, form: SendForm, status: int = 200) -> HttpResponse:
    return show_in_console(request, "feeds/send", {"form": form}, tab="feeds", status=status)
