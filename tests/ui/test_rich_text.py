"""Rich text: what harms goes, what was written stays, cleaning twice changes nothing."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import rich_text

SNIPPETS = json.loads(
    (Path(__file__).parent.parent / "cases/richtext/snippets.json").read_text(encoding="utf-8")
)
PLACE = "/essai/piece/"


@pytest.fixture(autouse=True)
def _a_room_with_pictures(monkeypatch):
    monkeypatch.setattr(rich_text, "_PLACES", {PLACE})


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[snippet["id"] for snippet in SNIPPETS])
def test_what_is_pasted_is_stored_and_shown_safe(snippet, drawn):
    stored = rich_text.clean(snippet["html"])
    for page in (
        stored,
        drawn("{{ body|rich }}", body=stored),
        drawn("{{ body|rich }}", body=snippet["html"]),
    ):
        for gone in snippet["gone"]:
            assert gone.lower() not in page.lower()
    shown = drawn("{{ body|rich }}", body=stored)
    for kept in snippet["keep"]:
        assert kept in shown
    assert rich_text.clean(stored) == stored


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<b>a</b><i>b</i><del>c</del><ins>d</ins>", "<strong>a</strong><em>b</em><s>c</s><u>d</u>"),
        ("<h1>Titre</h1><h6>petit</h6>", "<h2>Titre</h2><h4>petit</h4>"),
        ("<section>un</section><section>deux</section>", "<div>un</div><div>deux</div>"),
        ("<p class=x data-compose hx-get=/x style='color:red'>a</p>", "<p>a</p>"),
        ('<p><a href="#_ftn1" name="_ftnref1">[1]</a></p>', "<p>[1]</p>"),
        ('<a href="/documents/">ici</a>', '<a href="/documents/" rel="noopener noreferrer">ici</a>'),
        ('<ol start="3"><li>a</li></ol><ol start="x"><li>a</li></ol>', '<ol start="3"><li>a</li></ol><ol><li>a</li></ol>'),
        (
            '<table border=1 width="90%"><tr><td colspan="2" bgcolor=red>a</td></tr></table>',
            '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
        ),
        ("<textarea>a</textarea><select><option>b</option></select>", "ab"),
        ("<p><button><p>a</p></button></p>", "<p></p><p>a</p><p></p>"),
        ("a\0b\ud800", "ab?"),
    ],
)  # fmt: skip
def test_one_name_for_each_thing_and_no_attribute_but_ours(sent, kept):
    assert rich_text.clean(sent) == kept
    assert rich_text.clean(kept) == kept


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>Note</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-unhide:no; margin:0cm;} --></style></head><body lang=FR><!--StartFragment-->
<h1 style='mso-line-height-rule:exactly'><a name="_Toc1"></a>Classe de mer<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='font-size:14.0pt'>Départ</span></b> le
<i>lundi</i><o:p></o:p></p><ol style='margin-top:0cm' start=1 type=1><li class=MsoListParagraph>duvet</li>
<li>lampe<ul type=disc><li>piles</li></ul></li></ol><table class=MsoTableGrid border=1><tr><td width=300 valign=top>
<p class=MsoNormal>Lundi</p></td><td>voile</td></tr></table><!--EndFragment--></body></html>"""


def test_word_keeps_its_structure_and_nothing_else():
    kept = rich_text.clean(WORD)
    assert "<h2>Classe de mer</h2>" in kept
    assert "<p><strong>Départ</strong> le\n<em>lundi</em></p>" in kept
    assert '<ol start="1"><li>duvet</li>\n<li>lampe<ul><li>piles</li></ul></li></ol>' in kept
    assert "<p>Lundi</p></td><td>voile</td>" in kept
    for junk in ("mso", "Mso", "style", "class", "<o:p", "<a", "Note", "Normal", "width", "<!--"):
        assert junk not in kept
    assert rich_text.plain(kept) == "Classe de mer\nDépart le lundi\nduvet\nlampe\npiles\nLundi\nvoile"


@pytest.mark.parametrize(
    "address",
    ["https://ailleurs.invalid/vu.gif?qui=1&b=2", "HTTP://ailleurs.invalid/x", "//ailleurs.invalid/x", " https://ailleurs.invalid/ "],
)  # fmt: skip
def test_a_picture_from_elsewhere_is_a_link_that_tells_nothing(address):
    kept = rich_text.clean(f'<p>Voici <img src="{address}" alt="un > deux"></p>')
    assert "<img" not in kept
    assert 'rel="noopener noreferrer">Image de ailleurs.invalid</a>' in kept
    assert rich_text.clean(kept) == kept


def test_a_picture_from_elsewhere_in_a_link_leaves_the_link():
    kept = rich_text.clean('<a href="https://ici.invalid/"><img src="https://la.invalid/x.png"></a>')
    assert kept == '<a href="https://ici.invalid/" rel="noopener noreferrer">Image de la.invalid</a>'


def test_the_words_of_a_picture_stand_apart_from_those_around():
    words = rich_text.plain(
        rich_text.clean('<p>avant<img src="//a.invalid/x">après <img src="//b.invalid/x"></p>')
    )
    assert words == "avant Image de a.invalid après Image de b.invalid"


def test_a_table_is_shown_in_a_frame_that_the_keyboard_reaches(drawn):
    page = drawn("{{ body|rich }}", body="<p>a</p><table><tr><td>&lt;table></td></tr></table>")
    assert page.count('tabindex="0"') == page.count("<table>") == 1
    assert page.endswith("<td>&lt;table&gt;</td></tr></tbody></table></div>")


def test_pictures_of_a_room_stay():
    sent = f'<p><img src="{PLACE}0b0e8f6c-1d2f/?voir" alt="le parc"></p>'
    assert rich_text.clean(sent) == sent == rich_text.shown(sent)


@pytest.mark.parametrize(
    "address",
    [
        "/deconnexion/",
        f"{PLACE}../../deconnexion/",
        f"{PLACE}%2e%2e/%2e%2e/deconnexion/",
        f"{PLACE}x/?voir&suite=1",
        f"{PLACE}\\..\\x",
        "data:image/png;base64,AAAA",
        "cid:image001.png",
        "x.gif",
        "https://[",
    ],
)
def test_nothing_else_is_fetched_by_a_picture(address):
    sent = f'<p>a<img src="{address}"></p>'
    assert "<img" not in rich_text.clean(sent)
    assert "src" not in rich_text.shown(sent)


TAGS = [
    *sorted(rich_text.TAGS | rich_text.SAME.keys() | rich_text.GONE),
    *("button", "marquee", "select", "textarea", "caption", "font", "center", "o:p", "html", "body", "frameset"),
]  # fmt: skip
VALUES = [
    "/x",
    "//y.z/a",
    "https://y.z/?a=1&b=2",
    "javascript:1",
    f"{PLACE}a/?voir",
    '"><img src=x>',
    "1",
    "<p>",
]
OPENING = st.builds(
    lambda tag, name, value: f"<{tag} {name}='{value}'>",
    st.sampled_from(TAGS),
    st.sampled_from(["href", "src", "alt", "style", "start", "colspan", "id", "onclick", "data-x", "hx-get"]),
    st.sampled_from(VALUES),
)
PIECES = st.one_of(
    OPENING,
    st.sampled_from(TAGS).map("<{}>".format),
    st.sampled_from(TAGS).map("</{}>".format),
    st.text(max_size=4),
    st.sampled_from(
        ["\n", "&nbsp;", "&#0;", "&lt;", "<!--", "-->", "<![CDATA[", "]]>", "<!doctype html>", "<?x"]
    ),
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_cleaning_twice_changes_nothing(sent):
    kept = rich_text.clean(sent)
    assert rich_text.clean(kept) == kept == rich_text.shown(kept)


@given(st.text(alphabet="ab <>&\"'\n\r\t\u00a0é"))
def test_what_is_typed_comes_back_as_it_was_typed(text):
    once = rich_text.typed(rich_text.of_plain(text))
    assert rich_text.typed(rich_text.of_plain(once)) == once
    assert "".join(once.split()) == "".join(text.split())
    assert rich_text.clean(rich_text.of_plain(text)) == rich_text.of_plain(text).replace("\u00a0", "&nbsp;")


def test_words_are_told_a_line_a_block():
    kept = rich_text.clean(
        "<h2>Jeudi</h2><p>3 &lt; 5<br>et\nla suite</p><ul><li>un</li><li><p>deux</p></li></ul>"
    )
    assert rich_text.plain(kept) == "Jeudi\n3 < 5\net la suite\nun\ndeux"
    assert rich_text.typed(kept) == "Jeudi\n\n3 < 5\net la suite\n\nun\n\ndeux"


def test_a_quote_says_whose_it_is_and_is_clean():
    quoted = rich_text.quote("<p>Bonjour</p>", said="<Lina>, hier :")
    assert quoted == "<p>&lt;Lina&gt;, hier :</p><blockquote><p>Bonjour</p></blockquote>"
    assert rich_text.clean(quoted) == quoted


def test_a_text_nested_to_keep_the_server_busy_leaves_its_words():
    began = time.perf_counter()
    assert rich_text.clean("<div>" * 100_000 + "mot <script>x</script>") == "<p>mot<br>x</p>"
    assert time.perf_counter() - began < 2
