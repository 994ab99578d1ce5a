"""Papers written for the demo: a page of text in a PDF, or as plain text."""

from textwrap import wrap

PAGE = (595, 842)  # A4, in points
LEFT, TOP = 64, 760
TITLE_SIZE, SIZE, LEADING = 24, 13, 20
LINE = 70  # characters that fit


def pdf(title: str, paragraphs: tuple[str, ...]) -> bytes:
    """One page of A4 in PDF 1.4: a title, a rule, paragraphs.

    Raises UnicodeEncodeError for a character that Western fonts lack (cp1252).
    """
    lines = [f"BT /F2 {TITLE_SIZE} Tf 0.12 0.19 0.36 rg {LEFT} {TOP} Td ({_escaped(title)}) Tj ET"]
    lines.append(f"0.87 0.66 0.25 RG 2 w {LEFT} {TOP - 14} m {PAGE[0] - LEFT} {TOP - 14} l S")
    lines.append(f"BT /F1 {SIZE} Tf 0.16 0.16 0.19 rg {LEFT} {TOP - 44} Td {LEADING} TL")
    for paragraph in paragraphs:
        lines += [f"({_escaped(line)}) Tj T*" for line in wrap(paragraph, LINE)] + ["T*"]
    lines.append("ET")
    content = "\n".join(lines).encode("cp1252")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    return _file(objects)


def text(title: str, paragraphs: tuple[str, ...]) -> bytes:
    """The same as plain text, in UTF-8."""
    return "\n\n".join([title, *paragraphs, ""]).encode()


def _file(objects: list[bytes]) -> bytes:
    """Numbered objects, the table of where each lies, the trailer."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
