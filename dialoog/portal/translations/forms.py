"""Every text of a meeting with its translation, in one form that says only what somebody changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from dialoog.kernel.ui.forms import DialoogForm
from sessions.actions.translate import Translated
from sessions.reading import source_digest
from sessions.translations import Readers, Source, Standing, Translations, section_names


@dataclass(frozen=True)
class Twin:
    """One text beside its translation; `state` is done, stale or missing."""

    source: Source
    state: str
    field: forms.BoundField
    seen: forms.BoundField
    still_right: forms.BoundField | None

    @property
    def place(self) -> str:
        """Where in its section it stands; what is wrong is never folded."""
        if self.field.errors:
            return "open"
        if self.state == "done":
            return "done"
        return "open" if self.source.is_needed or self.state == "stale" else "names"


@dataclass(frozen=True)
class Section:
    """The texts of one section: what is open stands there; what is done is folded, and names are."""

    name: str
    title: str
    open: list[Twin]
    done: list[Twin]
    names: list[Twin]


@dataclass(frozen=True)
class Language:
    """One language people read: how far it is, and its texts."""

    code: str
    standing: Standing
    sections: list[Section]


class TranslationsForm(DialoogForm):
    """A text per language and source; what is not touched is not written, so that two may work beside each
    other, and whoever saves second over the same text sees both.
    """

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        wanted: Sequence[tuple[Readers, Sequence[Source]]],
        stored: Translations,
        typed: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wanted, self.stored = wanted, stored
        for them, sources in wanted:
            for source in sources:
                self._add(them.language, source, typed or {})

    def _add(self, code: str, source: Source, typed: Mapping[str, str]) -> None:
        name, last = f"{code}-{source.name}", self.stored.last(source, code)
        rows = min(8, max(1, len(source.text) // 60 + source.text.count("\n") + 1))
        attrs = {"rows": rows, "lang": code, "dir": "auto"}
        self.fields[name] = forms.CharField(
            label=source.label,
            required=False,
            max_length=source.limit,
            initial=typed.get(name, last),
            widget=forms.Textarea(attrs=attrs),
        )
        self.fields[f"{name}-seen"] = forms.RegexField(
            r"^[0-9a-f]{128}\Z",
            required=False,
            initial=source.digest + source_digest(last),
            widget=forms.HiddenInput,
        )
        if self.stored.state(source, code) == "stale":
            self.fields[f"{name}-right"] = forms.BooleanField(label=_("Still right as it is"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for code, source, name in self._each():
            if name not in data:
                continue
            data[name] = data[name].replace("\r\n", "\n").strip()
            now = self.stored.last(source, code)
            if self._is_touched(data, name) and source_digest(now) != data[f"{name}-seen"][64:]:
                self._refuse_second(name, source, now, data[name])
        return data

    def translated(self, code: str) -> list[Translated]:
        """What was changed, or called right again, in one language."""
        data = self.cleaned_data
        return [
            Translated(source, data[name], data[f"{name}-seen"][:64])
            for language, source, name in self._each()
            if language == code and (self._is_touched(data, name) or data.get(f"{name}-right"))
        ]

    def languages(self) -> list[Language]:
        """What the page shows: per language its sections in order."""
        return [
            Language(
                them.language,
                self.stored.standing(sources, them.language, them.people),
                self._sections(them.language, sources),
            )
            for them, sources in self.wanted
        ]

    def _sections(self, code: str, sources: Iterable[Source]) -> list[Section]:
        order = section_names()
        ranked = sorted(sources, key=lambda source: list(order).index(source.section))
        found = []
        for section, members in groupby(ranked, key=lambda source: source.section):
            shown: dict[str, list[Twin]] = {"open": [], "done": [], "names": []}
            for source in members:
                twin = self._twin(code, source)
                shown[twin.place].append(twin)
            found.append(Section(f"{code}-{section}", order[section], **shown))
        return found

    def _twin(self, code: str, source: Source) -> Twin:
        name = f"{code}-{source.name}"
        right = self[f"{name}-right"] if f"{name}-right" in self.fields else None
        return Twin(source, self.stored.state(source, code), self[name], self[f"{name}-seen"], right)

    def _each(self) -> Iterable[tuple[str, Source, str]]:
        for them, sources in self.wanted:
            for source in sources:
                yield them.language, source, f"{them.language}-{source.name}"

    @staticmethod
    def _is_touched(data: Mapping[str, Any], name: str) -> bool:
        """Whether somebody typed: a page that says nothing of what it showed has touched nothing."""
        seen = data.get(f"{name}-seen", "")
        return bool(seen) and source_digest(data[name]) != seen[64:]

    def _refuse_second(self, name: str, source: Source, now: str, typed: str) -> None:
        if typed == now:
            return
        text = _("Somebody else wrote meanwhile: “%(text)s”. Save once more to keep yours.") % {"text": now}
        self.add_error(name, text)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[f"{name}-seen"] = source.digest + source_digest(now)
        self.data = data
