"""What a content is, told by its first bytes: its name alone makes it neither a page nor a picture.

What may be shown in the page is told here by signatures of our own, each exact; for all the rest,
which is only ever taken as a download, puremagic's tables say more. It is pure Python: nothing of the
system's is needed to install, where python-magic would want libmagic.
"""

import codecs
import re

import puremagic

HEAD = 8_192  # bytes that are read to tell a type
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"

PHOTOS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff"})
# Turned into a JPEG when they arrive: few browsers show them.
CONVERTED = frozenset({"image/heic", "image/avif"})
SHOWN_INLINE = frozenset(
    {
        *(PHOTOS - {"image/tiff"}),
        "application/pdf",
        TEXT,
        *("audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/flac", "audio/aac", "audio/webm"),
        *("video/mp4", "video/webm", "video/ogg", "video/quicktime"),
    }
)

# What a text shows between its words.
SHOWN_IN_TEXT = PHOTOS & SHOWN_INLINE

_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {  # of ISO base media files: https://mp4ra.org/registered-types/brands
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P "), "audio/mp4"),
    b"qt  ": "video/quicktime",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPPED = {
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
}
_OLE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
_TEXTS = {"csv": "text/csv", "ics": "text/calendar", "vcf": "text/vcard"}
_PLAIN = {"txt", "md", "text", "log"}
_MARKUP = re.compile(
    rb"<(!doctype\s+html|html|head|body|script|iframe|style|title|table|img|a\s|meta|link|div|p[\s>]|br[\s/>]"
    rb"|h1|font|!--|base|object|embed|form|svg)",
    re.IGNORECASE,
)


def media_type_of(head: bytes, name: str) -> str:
    """The media type of a content whose first `HEAD` bytes are `head`, sent as `name`.

    The name only parts what the bytes leave equal (a zip that is a text document, a text that is a
    calendar); `application/octet-stream` where nothing is known.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not head:
        return TEXT if ending in _PLAIN else UNKNOWN
    told = _signed(head, ending) or _markup(head)
    if told:
        return told
    if charset_of(head):
        return _TEXTS.get(ending, TEXT)
    return _guessed(head, name)


def shown_inline(media_type: str) -> bool:
    """Whether a browser may show it in a page of ours; all the rest is a download. Never SVG nor HTML."""
    return media_type in SHOWN_INLINE


def charset_of(head: bytes) -> str:
    """The charset of a text by its first bytes: `utf-8`, `utf-16`, `windows-1252`; '' where it is no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(head, "utf-16") else ""
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", head):
        return ""
    if _decodes(head, "utf-8"):
        return "utf-8"
    # Letters of Western Europe above ASCII, among many that are plain.
    high = sum(byte >= 0x80 for byte in head)
    return "windows-1252" if high * 3 < len(head) and _decodes(head, "windows-1252") else ""


def _decodes(head: bytes, charset: str) -> bool:
    """A letter cut in two at the end of the head is no fault."""
    try:
        codecs.getincrementaldecoder(charset)().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return False
    return True


def _signed(head: bytes, ending: str) -> str:
    for start, media_type in _STARTS:
        if head.startswith(start):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        told = _iso_media(head)
        # What some browsers record of a microphone bears the brand of a film.
        return "audio/mp4" if told == "video/mp4" and ending == "m4a" else told
    if head[:4] == b"\x1a\x45\xdf\xa3":
        kind = "audio" if ending == "weba" else "video"
        return f"{kind}/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head[:4] == b"OggS":
        return "video/ogg" if b"\x80theora" in head[:256] else "audio/ogg"
    if head[:4] in {b"PK\3\4", b"PK\5\6"}:
        return _zipped(head, ending)
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _OLE.get(ending, "application/x-ole-storage")
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and len(head) > 30:
        return "image/bmp"
    return _sound_frame(head)


def _iso_media(head: bytes) -> str:
    """By the major brand, then the compatible ones: some cameras say `mif1` first, others last."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length, 4))]
    if brands[0] in {b"mif1", b"msf1"} and b"avif" in brands:
        return "image/avif"
    if brands[0] in _BRANDS:
        return _BRANDS[brands[0]]
    return "video/3gpp" if brands[0].startswith((b"3gp", b"3g2")) else "video/mp4"


def _zipped(head: bytes, ending: str) -> str:
    """OpenDocument and EPUB write their type first, uncompressed; Office's is in the names of its entries."""
    if head[30:38] == b"mimetype":
        size = int.from_bytes(head[18:22], "little")
        stated = head[38 : 38 + min(size, 100)].decode("ascii", errors="ignore").strip()
        if re.fullmatch(r"application/[a-z0-9.+-]+", stated):
            return stated
    if b"[Content_Types].xml" in head or b"_rels/" in head or b"docProps/" in head:
        return _ZIPPED.get(ending, "application/zip")
    return "application/zip"


def _sound_frame(head: bytes) -> str:
    """MPEG audio and ADTS have no signature but their first frame's header (ISO 11172-3, 13818-7)."""
    if len(head) < 4 or head[0] != 0xFF:
        return ""
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    layer, rate, frequency = head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    sound = head[1] & 0xE0 == 0xE0 and layer == 1 and 0 < rate < 15 and frequency != 3
    return "audio/mpeg" if sound else ""


def _markup(head: bytes) -> str:
    """What a browser that guesses would take for a page, wherever it starts in the head."""
    text = head.replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    begins = text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    if not begins.startswith(b"<"):
        return ""
    if re.search(rb"<svg[\s>]", text, re.IGNORECASE) and not re.match(rb"<(!doctype\s+)?html", begins, re.I):
        return "image/svg+xml"
    if _MARKUP.match(begins):
        return "text/html"
    if begins.startswith(b"<?xml"):
        return "text/html" if re.search(rb"<(html|script)[\s>]", text, re.I) else "application/xml"
    return "text/html" if _MARKUP.search(text) else ""


def _guessed(head: bytes, name: str) -> str:
    """For downloads alone: a guess never makes a thing that is shown."""
    try:
        told = puremagic.from_string(head, mime=True, filename=name)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    harmless = bool(told) and told not in SHOWN_INLINE | PHOTOS | CONVERTED
    return str(told) if harmless and re.fullmatch(r"[a-z]+/[a-zA-Z0-9.+-]{1,100}", told) else UNKNOWN
