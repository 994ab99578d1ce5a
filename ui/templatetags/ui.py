"""Tags and filters of the design system: `{% load ui %}`.

Components that hold other things are block tags (`{% callout %}…{% endcallout %}`); the others are
partials of `ui/components/`, included by name. Each partial says at its top what it takes.
"""

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.csp import nonce_attr
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import clock
from ui import french, people, rich_text, statements

register = template.Library()

# Drawings are square, but for the school's front.
_VIEWS = {"school": "0 0 400 300"}
_FRAME = '<div class="ct-scroll" role="group" aria-label="Tableau" tabindex="0">'


# Sixty of them on a page, a few hundred in all: their words are of templates and registries, never of people.
@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, size: str = "", css: str = "") -> SafeString:
    """A drawing of one stroke, hidden from readers: `{% icon "mail" %}`; size `s` or `l`."""
    classes = " ".join(filter(None, ["ct-icon", f"ct-icon--{size}" if size else "", css]))
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        classes,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def drawing(name: str, css: str = "ct-ill") -> SafeString:
    """A drawing of paper shapes, hidden from readers: `{% drawing "fox" %}`."""
    return format_html(
        '<svg class="{}" viewBox="{}" aria-hidden="true" focusable="false"><use href="{}#d-{}"/></svg>',
        css,
        _VIEWS.get(name, "0 0 120 120"),
        static("ui/icons.svg"),
        name,
    )


@register.filter
def profile_key(person: Any) -> str:
    """The shape of a person or of a profile: value of `data-profile`."""
    return people.profile_key(person)


@register.filter
def profile_label(person: Any) -> str:
    """The profile in words."""
    return people.profile_label(person)


@register.filter
def initials(person: Any) -> str:
    """Two letters of a person's, or of a group's, name."""
    return people.initials(people.full_name(person))


@register.simple_tag
def face(person: Any) -> SafeString:
    """What stands in a person's avatar: their drawing, their photo over their initials, or these alone. A
    photo that does not come leaves the initials."""
    look = people.look_of(person)
    if look.drawing:
        return drawing(look.drawing, "ct-avatar__drawing")
    if look.photo:
        return format_html(
            '{}<img src="{}" alt="" width="320" height="320" loading="lazy" decoding="async">',
            initials(person),
            look.photo,
        )
    return format_html("{}", initials(person))


@register.filter
def name_of(person: Any) -> str:
    """First name and name of use."""
    return people.full_name(person)


@register.filter
def day(value: date | None) -> str:
    """« mardi 8 septembre »."""
    return french.day(value) if value else ""


@register.filter
def day_year(value: date | None) -> str:
    """« 8 septembre 2026 »."""
    return french.day_year(value) if value else ""


@register.filter
def day_short(value: date | None) -> str:
    """« 8 sept. »."""
    return french.day_short(value) if value else ""


@register.filter
def hour(value: datetime | time | None) -> str:
    """« 9 h 15 »."""
    return french.hour(value) if value is not None else ""


@register.filter
def moment(value: datetime | None) -> str:
    """« mardi 8 septembre à 9 h 15 »."""
    return french.moment(value) if value else ""


@register.filter
def moment_year(value: datetime | None) -> str:
    """« 8 septembre 2026 à 9 h 15 »."""
    return french.moment_year(value) if value else ""


@register.filter
def when(value: datetime | None) -> str:
    """« il y a 20 minutes », « hier, 16 h 50 »."""
    return french.when(value, now=clock.now()) if value else ""


@register.filter
def number(value: float | None) -> str:
    """« 1 234 », thousands parted by U+202F."""
    return french.number(value) if value is not None else ""


@register.filter
def percent(value: float | None) -> str:
    """« 31 % »."""
    return french.percent(value) if value is not None else ""


@register.filter
def size(value: int | None) -> str:
    """« 1,8 Mo », from bytes."""
    return french.size(value) if value is not None else ""


@register.filter
def duration(value: float | None) -> str:
    """« 3 min 20 s », from seconds."""
    return french.duration(value) if value is not None else ""


@register.filter
def counted(value: int | None, word: str) -> str:
    """« 1 élève », « 1 234 élèves »: `{{ n|counted:"élève" }}`, or `"cheval,chevaux"`."""
    if value is None:
        return ""
    one, _, many = word.partition(",")
    return french.counted(value, one, many)


@register.filter
def agree(value: float | None, words: str) -> str:
    """The word alone: `{{ n|agree:"bloqué,bloqués" }}`."""
    one, _, many = words.partition(",")
    return french.agree(value or 0, one, many)


@register.filter(is_safe=True)
def unbroken(value: str) -> str:
    """A sentence that was not written for a page: its spaces made no-break where French wants them."""
    return french.unbroken(str(value))


@register.filter
def rich(html: str) -> SafeString:
    """Rich text as it is shown, cleaned once more: `{{ message.body|rich }}` in a `ct-rich`. A table wider than
    the page goes sideways in a frame that the keyboard reaches."""
    shown = rich_text.shown(html).replace("<table>", f"{_FRAME}<table>").replace("</table>", "</table></div>")
    return mark_safe(shown)  # noqa: S308


@register.simple_tag(takes_context=True)
def module(context: template.Context, name: str) -> SafeString:
    """The script tag of one small module of `ui/js/`."""
    return format_html(
        '<script type="module" src="{}" {}></script>\n',
        static(f"ui/js/{name}.js"),
        nonce_attr(context, None),
    )


@register.simple_tag
def accessibility_state() -> str:
    """What every page says of itself in its footer."""
    return statements.ACCESSIBILITY_STATE


def _block(name: str, content: str, **given: Any) -> str:
    return get_template(f"ui/components/{name}.html").render({"content": content, **given})


@register.simple_block_tag
def callout(content: str, title: str = "", tone: str = "info", icon: str = "", role: str = "") -> str:
    """Tells something in the page. Contract: `ui/components/callout.html`."""
    return _block("callout", content, title=title, tone=tone, icon=icon, role=role)


@register.simple_block_tag
def empty(content: str, title: str, drawing: str, level: int = 2) -> str:
    """Nothing yet: what, why, one act. Contract: `ui/components/empty.html`."""
    return _block("empty", content, title=title, drawing=drawing, level=level)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, open: bool = False, modal: bool = True) -> str:
    """Asks before an act. Contract: `ui/components/dialog.html`."""
    return _block("dialog", content, id=id, title=title, open=open, modal=modal)


@register.simple_block_tag
def filter_menu(content: str, label: str, value: str = "", end: bool = False) -> str:
    """A filter that opens. Contract: `ui/components/filter.html`."""
    return _block("filter", content, label=label, value=value, end=end)


@register.simple_block_tag
def fold(content: str, title: str, icon: str = "", open: bool = False) -> str:
    """A folded section of a card. Contract: `ui/components/fold.html`."""
    return _block("fold", content, title=title, icon=icon, open=open)


@register.simple_tag
def page_numbers(page: Any) -> list[int | None]:
    """Numbers to show under a list: first, around the page, last; None stands for a gap."""
    last = page.paginator.num_pages
    near = {1, last, page.number - 1, page.number, page.number + 1}
    shown: list[int | None] = []
    for number in sorted(n for n in near if 1 <= n <= last):
        before = shown[-1] if shown else None
        if before is not None and number - before > 1:
            shown.append(None)
        shown.append(number)
    return shown
