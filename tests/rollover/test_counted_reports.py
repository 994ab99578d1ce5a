"""A feed's turn is counted after it, as a turn asked for counts itself; its report reaches whoever administers the
school, in the page and by mail."""

from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from core import clock
from core.models import Job
from directory.models import Administrator
from rollover import news
from rollover.models import Turnover
from rollover.services.count import count_by_job, count_left, count_turned
from rollover.services.roll import roll_school
from rollover.services.undo import undo_turnovers
from sharing.querysets import reach_of
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.feeds.sets import noon, person, school_of
from tests.rollover.scene import last_year, teach, turn
from tests.rollover.shares import every_kind
from tests.sharing.kinds import BOX, NOTE, registered
from timeline.enums import MailPace
from timeline.models import Event, Gathering, Preference
from timeline.querysets import news_of
from timeline.services import digests
from timeline.services.preferences import choices_of, prefer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Any:
    with registered(NOTE, BOX):
        yield


def _head() -> Any:
    person = PersonFactory(teacher=True, activated=True, own_email="direction@exemple.fr")
    AttachmentFactory(person=person, school=school_of("A"), head=True)
    AdministratorFactory(person=person, school=school_of("A"))
    return person


def _ready(tmp_path: Path) -> None:
    last_year(tmp_path)
    teach("SA1")
    every_kind()


def _told_to(person: Any) -> list[str]:
    with clock.at(noon("2026-09-18")):
        return [each.event.kind for each in news_of(person, reach_of(person), count=20)]


def test_a_feed_asks_for_the_count_and_the_job_gives_the_figures_that_a_turn_asked_for_has(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    _ready(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        turn(tmp_path)
    turnover = Turnover.objects.get()
    assert turnover.figures["people_losing_access"] is None
    job = Job.objects.get(name="rollover.count")
    count_by_job._run(job)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"turnovers": 1})
    turnover.refresh_from_db()
    # three other pupils, and the colleague, as `rollover` counts them
    assert turnover.figures["people_losing_access"] == 5
    assert turnover.figures["grants_kept"] == {"person": 2, "scolarity_group": 0, "manual_group": 1}
    assert count_turned([turnover.uuid]) == 0, "once"


def test_counted_after_is_as_counted_before(tmp_path: Path) -> None:
    _ready(tmp_path)
    with clock.at(noon("2026-09-02")):
        roll_school(school=school_of("A"), year=2026)
        turnover = Turnover.objects.get()
        counted = turnover.figures
        assert counted["people_losing_access"] == 5
        turnover.figures = counted | {"people_losing_access": None, "grants_kept": None}
        turnover.save()
        count_turned([turnover.uuid])
    turnover.refresh_from_db()
    assert turnover.figures == counted


def test_a_count_that_was_lost_is_found_and_an_old_one_left(tmp_path: Path) -> None:
    _ready(tmp_path)
    turn(tmp_path)
    with clock.at(noon("2026-09-15")):
        assert count_left() == 0, "it is on its way"
    with clock.at(noon("2026-09-19")):
        assert count_left() == 0, "it is too late to be true"
    with clock.at(noon("2026-09-16")):
        assert count_left() == 1
        assert count_left() == 0
    assert Event.objects.filter(kind=news.REPORT).count() == 1


def test_a_turn_undone_before_its_count_is_not_reported(tmp_path: Path) -> None:
    _ready(tmp_path)
    turn(tmp_path)
    with clock.at(noon("2026-09-17")):
        undo_turnovers(turnovers=list(Turnover.objects.all()))
        assert count_turned(Turnover.objects.values_list("uuid", flat=True)) == 0
    assert not Event.objects.filter(kind=news.REPORT).exists()


def test_the_report_is_told_to_who_administers_and_to_nobody_else(tmp_path: Path) -> None:
    _ready(tmp_path)
    head = _head()
    with clock.at(noon("2026-09-02")):
        # Who asked for it reads its report too.
        roll_school(school=school_of("A"), year=2026, by=head.uuid)
    assert news.REPORT in _told_to(head)
    told = _told_to(person("SA2"))
    assert news.TURNED in told
    assert news.REPORT not in told
    Administrator.objects.filter(person=head).update(ended_on="2026-09-03")
    assert news.REPORT not in _told_to(head)


def test_its_mail_says_the_figures_at_once_unless_one_chose_otherwise(tmp_path: Path) -> None:
    _ready(tmp_path)
    head, other = _head(), _head()
    other.own_email = "autre@exemple.fr"
    other.save()
    prefer(by=other, kind=news.REPORT, page=True, mail=MailPace.NEVER)
    for pace in MailPace:
        Gathering.objects.get_or_create(pace=pace, defaults={"until": 0})
    with clock.at(noon("2026-09-15")):
        roll_school(school=school_of("A"), year=2026)
        digests.gather(pace=MailPace.SOON)
        digests.send_waiting()
    (sent,) = [each for each in mail.outbox if "compte rendu" in str(each.body)]
    assert sent.to == [head.contact_email]
    body = str(sent.body).replace("\xa0", " ")
    assert "1 classe a pris fin (CP : 4 élèves, 1 enseignant)." in body
    assert "2 partages ont pris fin (Carnet de notes 2)." in body
    assert "7 personnes ne voient plus quelque chose." in body


def test_the_undo_is_reported_too(tmp_path: Path) -> None:
    _ready(tmp_path)
    head = _head()
    turn(tmp_path)
    with clock.at(noon("2026-09-16")):
        undo_turnovers(turnovers=list(Turnover.objects.all()), by=head.uuid)
    assert news.REPORT_BACK in _told_to(head)
    (event,) = Event.objects.filter(kind=news.REPORT_BACK)
    assert [line.replace("\xa0", " ") for line in event.data["lines"]][:3] == [
        "L’école est revenue à 2025-2026.",
        "5 rattachements de classe sont revenus.",
        "2 partages sont revenus (Carnet de notes 2).",
    ]


def test_one_may_want_its_mail_without_its_text(tmp_path: Path) -> None:
    _ready(tmp_path)
    head = _head()
    assert {each.kind.key: each.text for each in choices_of(head)}[news.REPORT]
    prefer(by=head, kind=news.REPORT, page=True, mail=MailPace.SOON, text=False)
    assert not {each.kind.key: each.text for each in choices_of(head)}[news.REPORT]
    prefer(by=head, kind=news.REPORT, page=True, mail=MailPace.SOON, text=True)
    assert not Preference.objects.filter(person=head).exists(), "the default leaves no row"
