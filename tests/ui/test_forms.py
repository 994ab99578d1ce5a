"""A field is a label, a hint, a control and what is wrong with it, tied together."""

import re

import pytest
from django import forms


class Asked(forms.Form):
    login = forms.CharField(label="Identifiant", help_text="Par exemple : sofia.morel")
    password = forms.CharField(label="Mot de passe", widget=forms.PasswordInput)
    klass = forms.ChoiceField(label="Classe", choices=[("1", "CP A")], required=False)
    fate = forms.ChoiceField(
        label="Suite", choices=[("k", "Garder"), ("e", "Finir")], widget=forms.RadioSelect
    )
    tell = forms.BooleanField(label="Prévenir", required=False)
    when = forms.SplitDateTimeField(label="Quand", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Rien n’a été changé.")


@pytest.fixture
def refused() -> str:
    return Asked({"login": "", "password": "x", "fate": "k"}).render()


def control(page: str, name: str) -> str:
    return re.search(rf'<(?:input|select)[^>]*name="{name}"[^>]*>', page)[0]


def test_a_refused_field_names_its_hint_and_its_error(refused):
    login = control(refused, "login")
    assert 'aria-invalid="true"' in login
    assert "is-invalid" in login
    described = re.search(r'aria-describedby="([^"]*)"', login)[1].split()
    assert described == ["id_login_helptext", "id_login_error"]
    for name in described:
        assert f'id="{name}"' in refused


def test_a_field_that_is_right_is_not_called_wrong(refused):
    assert "aria-invalid" not in control(refused, "password")
    assert "is-invalid" not in control(refused, "password")


def test_every_control_has_a_label_of_its_own(refused):
    for name in ("login", "password", "klass", "tell"):
        assert f'for="id_{name}"' in refused
    assert "<legend" in refused


def test_each_kind_of_control_bears_its_class(refused):
    assert 'class="form-control' in control(refused, "login")
    assert 'class="form-select' in control(refused, "klass")
    assert 'class="form-check-input' in control(refused, "tell")
    assert 'class="form-check-input' in control(refused, "fate")
    assert 'class="form-control' in control(refused, "when_0")
    assert "class" not in control(refused, "hidden")


def test_a_class_given_by_the_form_is_kept():
    class Own(forms.Form):
        q = forms.CharField(widget=forms.TextInput(attrs={"class": "ct-wide"}))

    assert 'class="ct-wide form-control"' in Own().render()


def test_drawing_a_form_twice_does_not_pile_its_classes_up():
    form = Asked()
    assert form.render() == form.render()


def test_a_password_can_be_read_only_where_a_script_can_hide_it_again(refused):
    assert re.search(r"<button[^>]*data-reveal-button[^>]* hidden", refused)
    assert 'type="password"' in control(refused, "password")


def test_what_is_wrong_with_the_whole_is_said_first(refused):
    alert = refused.index('role="alert"')
    assert alert < refused.index("id_login")
    assert refused.index("Rien n’a été changé.") > alert


def test_an_optional_field_says_so_and_a_needed_one_does_not(refused):
    assert refused.count("(facultatif)") == 2


def test_a_label_cannot_bring_tags_into_the_page():
    class Typed(forms.Form):
        x = forms.CharField(label="<b>x</b>", help_text="<i>y</i>")

    page = Typed().render()
    assert "<b>" not in page
    assert "<i>" not in page
