"""Forms of lists: a file or pasted text in, columns corrected."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language_info, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui.forms import DialoogForm, FilePick, PillSelect
from stakeholders.importing import Column, Columns, JudgedRow, Table, read_pasted, read_upload
from stakeholders.importing.files import LARGEST_FILE
from stakeholders.importing.pasted import LARGEST_TEXT
from stakeholders.importing.words import COLUMN_LABELS

SHOWN = 30
NAMED_ABROAD = 2
# the server refuses a form of a thousand fields; whoever is left has the one choice
MOST_ASKED_EACH = 200


class ListForm(DialoogForm):
    """One list, as a file or pasted. `table` is what was read; `sent` the length of the request."""

    file = forms.FileField(
        label=_("Your list as a file"),
        required=False,
        allow_empty_file=True,
        widget=FilePick(accept=".xlsx,.csv,.txt", text=_("Drop your Excel file or .csv here, or choose it.")),
    )
    text = forms.CharField(
        label=_("Or paste it here"),
        required=False,
        strip=False,
        max_length=LARGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "From Excel, or addresses from Outlook: Femke Haverkamp <femke@…>; Ahmed Yilmaz <ahmed@…>"
        ),
    )
    mark_optional = False
    table: Table

    def __init__(self, *args: Any, sent: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent = sent
        self.helper.add_input(Submit("read", gettext("Check this list")))

    def clean(self) -> dict[str, Any]:
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        try:
            if file is not None:
                self.table = read_upload(file.name, file.read())
            elif self.sent > LARGEST_FILE:
                # why: the server drops a file this large before it gets here
                self.table = read_upload("", bytes(LARGEST_FILE + 1))
            elif "text" not in self.errors:
                self.table = read_pasted(text) if text.strip() else self._nothing()
        except DomainError as error:
            self.add_error("file" if file is not None or not text.strip() else "text", str(error))
        return self.cleaned_data

    def _nothing(self) -> Table:
        raise DomainError(gettext("Choose a file, or paste your list below."))


class ColumnsForm(forms.Form):
    """What each column of a list holds; one select per column."""

    def __init__(self, *args: Any, table: Table, columns: Columns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("do not use")), *((column.value, COLUMN_LABELS[column]) for column in Column)]
        for index, kind in enumerate(columns.kinds[:SHOWN]):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=_column_name(table, index),
                choices=choices,
                required=False,
                initial=kind or "",
                widget=forms.Select(attrs={"class": "slim"}),
            )

    def choice(self) -> dict[int, str]:
        """What was chosen, by the place of the column; a column nobody was asked about stays as it was."""
        given = self.cleaned_data.items()
        return {int(name.partition("_")[2]): word for name, word in given if name in self.data}


class PeopleForm(forms.Form):
    """What is said of the people of a list, beside its columns.

    In which language those who seem to be abroad are told: one choice for all, and per person another. And
    `same`, the lines that are ticked as the person of the same name; their boxes stand in the rows.
    """

    def __init__(
        self, *args: Any, rows: Iterable[JudgedRow], chosen: Mapping[str, str], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.kept = list(rows), chosen
        same = self.data.getlist("same") if isinstance(self.data, QueryDict) else ()
        self.same = [int(line) for line in same if line.isdecimal() and len(line) < 10]
        ours = [(code, get_language_info(code)["name_translated"]) for code, _name in settings.LANGUAGES]
        ours.sort(key=lambda pair: pair[0] != language)
        if not self.rows:
            return
        self.fields["abroad"] = forms.ChoiceField(
            label=self._sentence(),
            choices=ours,
            required=False,
            initial=chosen.get("") or language,
            widget=PillSelect(attrs={"data-no-autosave": True}, slim=True),
        )
        for row in self.rows[:MOST_ASKED_EACH]:
            where = row.country or row.place
            self.fields[f"abroad_{row.line}"] = forms.ChoiceField(
                label=f"{row.name} ({where})" if where else row.name,
                choices=[("", _("as above")), *ours],
                required=False,
                initial=chosen.get(str(row.line), ""),
                widget=forms.Select(attrs={"class": "slim", "data-no-autosave": True}),
            )

    def _sentence(self) -> str:
        """“9 people seem to be abroad: Mei Tran, Arjun Mehta and 7 others. In which language …?”"""
        names = [row.name for row in self.rows]
        others = len(names) - NAMED_ABROAD
        told = ", ".join(names[:NAMED_ABROAD])
        if others > 0:
            words = ngettext("%(names)s and %(count)d other", "%(names)s and %(count)d others", others)
            told = words % {"names": told, "count": others}
        elif len(names) == NAMED_ABROAD:
            told = gettext("%(first)s and %(second)s") % {"first": names[0], "second": names[1]}
        return ngettext(
            "%(count)d person seems to be abroad: %(names)s. In which language do we write to this person?",
            "%(count)d people seem to be abroad: %(names)s. In which language do we write to them?",
            len(names),
        ) % {"count": len(names), "names": told}

    @property
    def each(self) -> list[forms.BoundField]:
        """The fields per person."""
        return [self[f"abroad_{row.line}"] for row in self.rows[:MOST_ASKED_EACH]]

    @property
    def has_own(self) -> bool:
        """Whether one of them has a choice of their own."""
        return any(field.value() for field in self.each)

    def languages(self) -> dict[str, str]:
        """As a draft keeps it. What was not asked this time stays as it was chosen before."""
        given = self.cleaned_data.items()
        asked = {name.partition("_")[2]: code for name, code in given if name in self.data}
        return {line: code for line, code in {**self.kept, **asked}.items() if code}


def _column_name(table: Table, index: int) -> str:
    header = table.header[index] if table.header else next(iter(table.column(index)), "")
    letter = chr(ord("A") + index) if index < 26 else str(index + 1)
    return gettext("Column %(letter)s: %(header)s") % {"letter": letter, "header": header[:40]}
