"""A kind of resource for tests, as an application would register it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sharing import kinds
from sharing.kinds import Kind

NOTE = Kind(
    key="note",
    app="notes",
    app_label="Carnet de notes",
    label="note",
    icon="file-text",
    url=lambda resource: f"/partages/{resource.uuid}/",
    erase=lambda ids: None,
)
BOX = Kind(
    key="box",
    app="boxes",
    app_label="Boites",
    label="boite",
    icon="folder",
    url=lambda resource: f"/partages/{resource.uuid}/",
    erase=lambda ids: None,
)
SHELF = Kind(
    key="shelf",
    app="shelves",
    app_label="Étagères",
    label="étagère",
    icon="folder",
    url=lambda resource: f"/partages/{resource.uuid}/",
    erase=lambda ids: None,
)


@contextmanager
def registered(*added: Kind) -> Iterator[None]:
    """These kinds are known for a while, beside those that applications registered."""
    for kind in added:
        kinds.register(kind)
    try:
        yield
    finally:
        for kind in added:
            del kinds._kinds[kind.key]


def known(kind: Kind) -> str:
    """Its key, registered from now on where it is not: for tests that walk addresses one by one."""
    if kind.key not in kinds._kinds:
        kinds.register(kind)
    return kind.key
