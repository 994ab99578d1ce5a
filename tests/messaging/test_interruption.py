"""A worker dies in the middle of a send: nothing is lost, nothing is doubled."""

import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from directory.models import Group
from messaging.enums import Box, State
from messaging.models import Copy, Message
from messaging.services import send
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import broken, draft, holders

pytestmark = pytest.mark.django_db(transaction=True)

# Holds a delivery once its copies are written and before it is committed.
HELD = """
create function messaging_held() returns trigger language plpgsql as
$$ begin perform pg_sleep(120); return new; end $$;
create trigger messaging_held before update on messaging_message
for each row when (new.state = 'SENT') execute function messaging_held();
"""
LET_GO = (
    "drop trigger if exists messaging_held on messaging_message; drop function if exists messaging_held()"
)
SLEEPING = "select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"


@pytest.fixture
def held() -> Iterator[None]:
    run(HELD)
    yield
    run(LET_GO)


def run(statement: str) -> list[tuple[int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_a_send_whose_worker_is_killed_goes_on_and_reaches_each_once(
    held: None, worker: subprocess.Popen[bytes], world: SchoolWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = world.classes[0]
    monkeypatch.setattr(send, "AT_ONCE", 0)
    group = Group.objects.get(school_class=room.school_class, profile="RELATIVE")
    message = send.send(by=room.teacher, message=draft(room.teacher, group, world.director))
    assert message.state == State.SENDING
    until = time.monotonic() + 60
    while not (found := run(SLEEPING)) and time.monotonic() < until:
        time.sleep(0.1)
    assert found, "the worker did not come to the end of the delivery"
    worker.kill()
    worker.wait()
    run(f"select pg_terminate_backend({found[0][0]})")
    while run(SLEEPING):
        time.sleep(0.1)
    assert not Copy.objects.filter(message=message, box=Box.RECEIVED).exists()
    run(LET_GO)
    Message.objects.filter(pk=message.pk).update(changed_at=message.changed_at - timedelta(hours=1))
    assert send.deliver_forgotten() == 1
    assert send.deliver_forgotten() == 0
    assert holders(message) == {world.director.pk, *(each.pk for each in room.relatives)}
    message.refresh_from_db()
    assert (message.state, message.reached) == (State.SENT, 1 + len(room.relatives))
    assert broken() == []
