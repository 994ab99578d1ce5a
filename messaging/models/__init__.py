"""Messages and what each person holds of them; what keeps people safe from them."""

from messaging.models.care import Alert, Barred, Report, ReportPlace, Review
from messaging.models.messages import (
    SUBJECT_LENGTH,
    Address,
    Attachment,
    Copy,
    Folder,
    Message,
    Signature,
    Stop,
)

__all__ = [
    "SUBJECT_LENGTH",
    "Address",
    "Alert",
    "Attachment",
    "Barred",
    "Copy",
    "Folder",
    "Message",
    "Report",
    "ReportPlace",
    "Review",
    "Signature",
    "Stop",
]
