"""Forms drawn by one renderer: label, hint, control, error. `FORM_RENDERER = "ui.forms.FormRenderer"`."""

from typing import Any

from django.forms.renderers import DjangoTemplates

# Widgets whose skeleton is ours; the others keep Django's, with a class.
_CHOICES = "ui/forms/widgets/choices.html"
_OWN_TEMPLATES = {
    "django/forms/widgets/password.html": "ui/forms/widgets/password.html",
    "django/forms/widgets/radio.html": _CHOICES,
    "django/forms/widgets/checkbox_select.html": _CHOICES,
    "django/forms/errors/list/default.html": "ui/forms/errors.html",
    "django/forms/errors/list/ul.html": "ui/forms/errors.html",
}
_CHECKS = {"checkbox", "radio"}


class FormRenderer(DjangoTemplates):
    """Django's own templates, with the fields, errors and classes of the design system."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        widget = context.get("widget")
        if widget is not None and not widget.get("is_hidden"):
            _dress(widget)
        return super().render(_OWN_TEMPLATES.get(template_name, template_name), context, request)


def _dress(widget: dict[str, Any]) -> None:
    """Adds to a widget's context, and to its parts', the class that its kind bears."""
    for _group, options, _index in widget.get("optgroups", []):
        for option in options:
            if option.get("type") in _CHECKS:
                _add_class(option["attrs"], "form-check-input")
    for part in widget.get("subwidgets", []):
        _dress(part)
    if _OWN_TEMPLATES.get(widget.get("template_name", "")) == _CHOICES:
        return
    if widget.get("type") in _CHECKS:
        _add_class(widget["attrs"], "form-check-input")
    elif "optgroups" in widget:
        _add_class(widget["attrs"], "form-select")
    elif "subwidgets" not in widget:
        _add_class(widget["attrs"], "form-control")
    if widget["attrs"].get("aria-invalid") == "true":
        _add_class(widget["attrs"], "is-invalid")


def _add_class(attrs: dict[str, Any], name: str) -> None:
    names = str(attrs.get("class", "")).split()
    if name not in names:
        attrs["class"] = " ".join([*names, name])
