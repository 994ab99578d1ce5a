"""Each component says what its contract promises."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator

from tests.ui.people import Somebody
from ui.templatetags.ui import page_numbers


def test_an_icon_is_hidden_from_readers(drawn):
    icon = drawn('{% icon "mail" "s" %}')
    assert 'class="ct-icon ct-icon--s" aria-hidden="true"' in icon
    assert "icons.svg#i-mail" in icon


def test_a_person_is_named_and_their_profile_written(drawn):
    page = drawn(
        '{% include "ui/components/person.html" %}', person=Somebody("Lina Belkacem", "PUPIL", "Élève")
    )
    assert 'data-profile="pupil" aria-hidden="true">LB' in page
    assert "Lina Belkacem" in page
    assert "Élève" in page


def test_a_name_cannot_bring_tags_into_the_page(drawn):
    page = drawn('{% include "ui/components/person.html" %}', person=Somebody("<b>Lina</b>"))
    assert "<b>" not in page


def test_a_callout_draws_its_tone_and_keeps_what_it_holds(drawn):
    page = drawn(
        '{% callout title="Attention" tone="warn" %}<p>{{ n|counted:"compte" }}</p>{% endcallout %}', n=539
    )
    assert 'data-tone="warn"' in page
    assert "i-alert-triangle" in page
    assert "<p>539 comptes</p>" in page


def test_what_a_callout_holds_is_escaped_as_anywhere(drawn):
    page = drawn("{% callout %}<p>{{ name }}</p>{% endcallout %}", name="<script>")
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("level", "icon"), [("SUCCESS", "circle-check"), ("WARNING", "alert-triangle"), ("ERROR", "circle-x")]
)
def test_what_was_just_done_is_read_aloud_with_its_own_mark(drawn, level, icon):
    message = Message(getattr(constants, level), "C’est fait.")
    page = drawn('{% include "ui/components/toasts.html" %}', messages=[message])
    assert 'role="status"' in page
    assert f"#i-{icon}" in page
    assert "C’est fait." in page


def test_the_place_of_toasts_is_there_before_any_arrives(drawn):
    assert 'id="toasts" role="status"' in drawn('{% include "ui/components/toasts.html" %}', messages=[])


def test_a_line_that_was_not_read_says_so_in_words(drawn):
    page = drawn('{% include "ui/components/row.html" with url="#" title="Sortie" unread=True only %}')
    assert "Non lu\u00a0: " in page
    assert "ct-row--unread" in page


def test_a_line_that_leads_nowhere_is_not_a_link(drawn):
    assert "<a" not in drawn('{% include "ui/components/row.html" with title="Sortie" only %}')


def test_a_filter_that_is_on_says_its_value_in_its_name(drawn):
    page = drawn('{% filter_menu label="Profil" value="Élèves" %}x{% endfilter_menu %}')
    assert "<summary>Profil\u00a0: Élèves" in page
    assert "data-on" in page
    assert "data-on" not in drawn('{% filter_menu label="Profil" %}x{% endfilter_menu %}')


def test_steps_say_their_state_in_words(drawn):
    page = drawn('{% include "ui/components/steps.html" %}', steps=[{"label": "Lecture", "state": "done"}])
    assert 'Lecture<span class="visually-hidden">\u00a0: fait</span>' in page


def test_progress_is_told_in_words_too(drawn):
    page = drawn(
        '{% include "ui/components/progress.html" with id="p" value=61.5 text="61 %" large=False only %}'
    )
    assert 'value="61.5" max="100" aria-labelledby="p"' in page
    assert '<p id="p">61 %</p>' in page


def test_progress_of_unknown_length_has_no_value(drawn):
    page = drawn(
        '{% include "ui/components/progress.html" with id="p" value=None text="En attente" large=False only %}'
    )
    assert "value=" not in page


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, [1, 2, None, 25]),
        (7, [1, None, 6, 7, 8, None, 25]),
        (25, [1, None, 24, 25]),
        (2, [1, 2, 3, None, 25]),
    ],
)
def test_a_pager_shows_the_ends_and_where_one_stands(number, shown):
    assert page_numbers(Paginator(range(486), 20).page(number)) == shown


def test_a_pager_keeps_the_filters_of_the_address(drawn, rf):
    request = rf.get("/", {"profil": "élève", "page": "2"})
    page = drawn('{% include "ui/components/pager.html" %}', request, page=Paginator(range(60), 20).page(2))
    assert 'rel="next" href="?profil=%C3%A9l%C3%A8ve&amp;page=3"' in page
    assert 'aria-current="page"' in page


def test_a_list_of_one_page_has_no_pager(drawn, rf):
    assert (
        drawn('{% include "ui/components/pager.html" %}', rf.get("/"), page=Paginator([1], 20).page(1)) == ""
    )


def test_a_dialog_is_named_by_its_title(drawn):
    page = drawn('{% dialog id="d" title="Bloquer 3 élèves ?" %}<p>x</p>{% enddialog %}')
    assert '<dialog class="ct-dialog" id="d" aria-labelledby="d-titre"' in page
    assert 'id="d-titre">Bloquer 3 élèves ?' in page


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ none|day }}{{ none|hour }}{{ none|when }}{{ none|number }}", ""),
        ("{{ n|counted:'cheval,chevaux' }}", "2 chevaux"),
        ("{{ n|agree:'bloqué,bloqués' }}", "bloqués"),
        ("{{ n|percent }}", "2\u00a0%"),
    ],
)
def test_filters_take_what_is_missing_as_nothing(drawn, source, words):
    assert drawn(source, none=None, n=2) == words


EDITOR = '{% include "ui/components/editor.html" with name="texte" id="texte" value=body plain=plain rows=4 only %}'


def test_the_editor_without_a_script_is_a_plain_field_that_says_so(drawn):
    page = drawn(EDITOR, body="<p>Bonjour <strong>à</strong> tous</p>", plain="<Bonjour> à tous")
    assert '<input type="hidden" name="format" value="plain"' in page
    assert 'id="texte" name="texte" rows="4">\n&lt;Bonjour&gt; à tous</textarea>' in page
    assert 'role="toolbar"' in page
    assert page.count(" hidden>") == 3
    assert "<strong>" not in page
