"""Draws Django's own inputs in Python: a page holds a dozen, and each cost two includes of a template."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_KINDS = "checkbox color date datetime email hidden number password search tel text time url"
# each of these only includes django/forms/widgets/input.html
_INPUTS = {f"django/forms/widgets/{kind}.html" for kind in _KINDS.split()}
_TEXTAREA = "django/forms/widgets/textarea.html"


class Renderer(TemplatesSetting):
    """What has a template of its own keeps it; the bytes are those of Django's templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name in _INPUTS:
            return _input(context["widget"])
        if template_name == _TEXTAREA:
            return _textarea(context["widget"])
        return super().render(template_name, context, request)  # type: ignore[no-any-return]


def attributes(attrs: dict[str, Any]) -> SafeString:
    """` name="value"` for each; True is a name alone, False nothing."""
    parts = (
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in attrs.items()
        if value is not False
    )
    return mark_safe("".join(parts))


def _input(widget: dict[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes(widget["attrs"])
    )


def _textarea(widget: dict[str, Any]) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        attributes(widget["attrs"]),
        widget["value"] or "",
    )
