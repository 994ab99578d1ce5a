from enum import StrEnum

FOLDER = "folder"
FILE = "file"
KINDS = (FILE, FOLDER)


class Step(StrEnum):
    """Ways to free space, in the order in which they are told."""

    MESSAGES = "messages"
    MESSAGES_TRASH = "messages_trash"
    FILES = "files"
    TRASH = "trash"
