"""The words templates are written in: icons, shapes, figures, dates, blocks and links into a workspace."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.forms.widgets import Input
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from dialoog.kernel.ui import dates, figures, icons, shapes
from dialoog.kernel.ui.renderer import attributes

register = template.Library()

STATUS_KINDS = {"done", "busy", "stop", "later", "dark"}


# --- drawings


@register.simple_tag
def icon(name: str, css_class: str = "i") -> SafeString:
    return mark_safe(icons.icon_svg(name, css_class=css_class))


@register.simple_tag
def shape(key: str, size: str = "", label: str = "", hollow: bool = False) -> SafeString:
    """A group's shape; size is "" (text), "big" or "small"."""
    return mark_safe(shapes.shape_svg(key, css_class=f"g {size}".strip(), hollow=hollow, label=label))


@register.simple_tag
def influence(level: str, on_dark: bool = False, label: str = "", tight: bool = False) -> SafeString:
    return mark_safe(figures.influence_pair(level, on_dark=on_dark, tight=tight, label=label))


@register.simple_tag
def emblem(groups: Sequence[tuple[str, int]], seed: int | str) -> SafeString:
    """The mark of a session from pairs of (shape key, number of organisations)."""
    sizes = [(number, shapes.shape(key).tint) for key, number in groups if number > 0]
    return mark_safe(figures.emblem(sizes, seed))


@register.simple_tag
def table_round(seats: Sequence[figures.Seat], number: str, note: str, label: str) -> SafeString:
    return mark_safe(figures.table_round(seats, number=str(number), note=note, label=label))


@register.simple_tag
def seat_marks(key: str, states: Sequence[str]) -> SafeString:
    return mark_safe(figures.seat_marks(key, states))


@register.simple_tag
def seat_mark(key: str, state: str) -> SafeString:
    return mark_safe(figures.seat_mark(key, state))


@register.simple_tag
def likert_bar(counts: Sequence[int], axis: figures.LikertAxis | None = None) -> SafeString:
    return mark_safe(figures.likert_bar(counts, axis))


@register.simple_tag
def mean_bar(value: float, key: str) -> SafeString:
    return mark_safe(figures.mean_bar(value, shapes.shape(key).ink))


@register.simple_tag
def share_bar(share: float, key: str = "circle") -> SafeString:
    return mark_safe(figures.share_bar(share, shapes.shape(key).ink))


@register.simple_tag
def face(step: int | str) -> SafeString:
    return mark_safe(figures.face(int(step)))


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    return mark_safe(figures.qr(text, label=label))


@register.simple_tag
def envelope_band() -> SafeString:
    return mark_safe(figures.envelope_band())


@register.simple_tag
def logo() -> SafeString:
    return mark_safe(figures.logo())


@register.simple_tag
def status(kind: str, text: str) -> SafeString:
    """A pill of glyph and word; kind is done, busy, stop, later or dark."""
    if kind not in STATUS_KINDS:
        raise template.TemplateSyntaxError(f"A status is one of {sorted(STATUS_KINDS)}, not {kind!r}.")
    return format_html('<span class="status {}">{}</span>', kind, text)


# --- blocks


@register.simple_block_tag
def panel(content: SafeString, title: str, id: str = "", tone: str = "") -> SafeString:
    """A card with a heading over an ink rule."""
    return _block("panel", content, title=title, id=id, tone=tone)


@register.simple_block_tag
def fold(content: SafeString, title: str, end: str = "", open: bool = False, id: str = "") -> SafeString:
    """Kept for who needs it."""
    return _block("fold", content, title=title, end=end, open=open, id=id)


@register.simple_block_tag
def section(content: SafeString, title: str, note: str = "", id: str = "", css_class: str = "") -> SafeString:
    """A section of an overview page: heading under an ink rule, a note at the end of the line."""
    return _block("section", content, title=title, note=note, id=id, css_class=css_class)


@register.simple_block_tag
def noted(content: SafeString, title: str = "", tone: str = "") -> SafeString:
    """A note; tone is "" (open point), "stop" (blocks) or "fine"."""
    return _block("noted", content, title=title, tone=tone)


@register.simple_block_tag
def bulk(content: SafeString, tip: str) -> SafeString:
    """Stands still above a list; shows its actions once a row is ticked (`.sel`), until then the tip."""
    return _block("bulk", content, tip=tip)


@register.simple_block_tag
def empty(content: SafeString, title: str) -> SafeString:
    """Nothing here yet: one sentence why, one action."""
    return _block("empty", content, title=title)


@register.simple_block_tag
def twin(content: SafeString, title: str = "") -> SafeString:
    """The table beside a figure, folded."""
    return _block("twin", content, title=title or _("Show as a table"))


def _block(name: str, content: SafeString, **values: Any) -> SafeString:
    return render_to_string(f"components/_{name}.html", {"content": content, **values})


# --- links


@register.simple_tag(takes_context=True)
def at(context: Context, name: str, *args: Any) -> str:
    """The address of a page inside the workspace of this request."""
    return reverse(name, args=[context["request"].workspace.slug, *args])


@register.simple_tag(takes_context=True)
def at_if_any(context: Context, name: str, *args: Any) -> str:
    """For the shells only: nothing when there is no workspace or no such page."""
    workspace = getattr(context.get("request"), "workspace", None)
    try:
        return reverse(name, args=[workspace.slug, *args]) if workspace else ""
    except NoReverseMatch:
        return ""


@register.simple_tag
def url_if_any(name: str, *args: Any) -> str:
    """For the shells only: nothing when there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def missing(block: str) -> str:
    """Stands in a block every page must fill itself."""
    raise template.TemplateSyntaxError(f"This template must fill the block {block!r}.")


@register.simple_tag
def house_emblem() -> SafeString:
    """The mark of Dialoog itself, for pages without a session."""
    sizes = [(9, "square"), (5, "circle"), (4, "ring"), (3, "hexagon"), (3, "dome"), (1, "triangle")]
    return mark_safe(figures.emblem([(n, shapes.shape(key).tint) for n, key in sizes], "dialoog"))


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int) -> str:
    """This address with another page number, everything else kept."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(page: Page) -> list[int | str]:
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def text_direction() -> str:
    return "rtl" if get_language_bidi() else "ltr"


@register.simple_tag
def text_start() -> str:
    """Mail programs know no logical `start`."""
    return "right" if get_language_bidi() else "left"


@register.simple_tag
def text_language() -> str:
    return get_language() or "en"


@register.simple_tag
def page_count_css() -> SafeString:
    """The CSS content for “page 1 of 2” on paper, in the language of the document."""
    sentence = _("page %(number)s of %(total)s")
    css = '"' + sentence.replace("\\", "").replace('"', "") + '"'
    css = css.replace("%(number)s", '" counter(page) "').replace("%(total)s", '" counter(pages) "')
    return mark_safe(css)


# --- dates


@register.filter
def day(value: date | datetime | None, zone: str | None = None) -> str:
    return dates.day(value, zone) if value else ""


@register.filter
def short_day(value: date | datetime | None, zone: str | None = None) -> str:
    return dates.short_day(value, zone) if value else ""


@register.filter
def month_year(value: date | datetime | None, zone: str | None = None) -> str:
    return dates.month_year(value, zone) if value else ""


@register.filter
def day_month(value: date | datetime | None, zone: str | None = None) -> str:
    return dates.day_month(value, zone) if value else ""


@register.filter
def clock(value: datetime | time | None, zone: str | None = None) -> str:
    return dates.clock(value, zone) if value is not None else ""


@register.filter
def when(value: datetime | None, zone: str | None = None) -> str:
    return dates.when(value, zone) if value else ""


# --- fields


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget with the look of a control and everything that describes it."""
    widget = field.field.widget
    attrs: dict[str, Any] = {}
    if _is_plain(widget):
        attrs["class"] = f"in {widget.attrs.get('class', '')}".strip()
    described = field.aria_describedby or ""
    if readers(field):
        described = f"{described} {field.auto_id}_readers".strip()
    if described and not field.use_fieldset:
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


register.filter("attributes", attributes)


@register.filter
def readers(field: BoundField) -> str:
    """Who reads what is written here, as the form says."""
    return getattr(field.form, "readers", {}).get(field.name, "")


@register.filter
def optional(field: BoundField) -> str:
    """The word beside a label that may stay empty."""
    if field.field.required or field.field.disabled:
        return ""
    if field.name in getattr(field.form, "later", ()):
        return _("can wait")
    if not getattr(field.form, "mark_optional", True):
        return ""
    return "" if isinstance(field.field, forms.BooleanField) else _("may stay empty")


@register.filter
def anchor(field: BoundField) -> str:
    """Where a link in the error summary lands: the first control of a group, else the control itself."""
    return f"{field.auto_id}_0" if field.use_fieldset and not field.id_for_label else field.auto_id


@register.filter
def is_tick(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def multipart(form: forms.BaseForm | None) -> bool:
    return bool(form is not None and hasattr(form, "is_multipart") and form.is_multipart())


def _is_plain(widget: forms.Widget) -> bool:
    if isinstance(
        widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple | forms.FileInput
    ):
        return False
    return isinstance(widget, Input | forms.Textarea | forms.Select)
