"""Cahiers mémo for tests, written by the services themselves, so that what is tested is what happens."""

import wave
from io import BytesIO

from django.test import Client
from PIL import Image

from accounts.models import User
from core.storage.models import Blob
from core.storage.services import receive
from notebooks.models import MemoBlock, MemoPage
from notebooks.services import memo_blocks, memo_books, memo_pages
from sharing.enums import Role
from sharing.models import Resource
from sharing.services.share import share


def photo(colour: str = "teal", size: tuple[int, int] = (60, 40)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


def sound() -> bytes:
    written = BytesIO()
    with wave.open(written, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8000)
        made.writeframes(b"\x80" * 800)
    return written.getvalue()


def blob(data: bytes, name: str) -> Blob:
    return receive(file=BytesIO(data), name=name).blob


def book(owner: User, title: str = "Notre année", *readers: User, role: Role = Role.READ) -> Resource:
    made = memo_books.begin(by=owner, title=title)
    if readers:
        share(by=owner, resource=made, persons=readers, role=role)
    return made


def page(by: User, where: Resource, title: str = "", text: str = "") -> MemoPage:
    made = memo_pages.add_page(by=by, book=where, title=title)
    if text:
        memo_blocks.add_text(by=by, page=made, html=f"<p>{text}</p>")
        made.refresh_from_db()
    return made


def picture(by: User, where: MemoPage, colour: str = "teal", caption: str = "") -> MemoBlock:
    return memo_blocks.add_file(
        by=by, page=where, blob=blob(photo(colour), "mer.jpg"), name="mer.jpg", caption=caption
    )


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def titles(where: Resource) -> list[str]:
    pages = MemoPage.objects.filter(book=where.pk, removed_at__isnull=True)
    return list(pages.order_by("position").values_list("title", flat=True))
