"""Forms of lists: a file or pasted text in, columns corrected."""

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui.forms import DialoogForm, FilePick
from stakeholders.importing import Column, Columns, Table, read_pasted, read_upload
from stakeholders.importing.files import LARGEST_FILE
from stakeholders.importing.pasted import LARGEST_TEXT
from stakeholders.importing.words import COLUMN_LABELS

SHOWN = 30


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
        return {int(name.partition("_")[2]): word for name, word in self.cleaned_data.items()}


def _column_name(table: Table, index: int) -> str:
    header = table.header[index] if table.header else next(iter(table.column(index)), "")
    letter = chr(ord("A") + index) if index < 26 else str(index + 1)
    return gettext("Column %(letter)s: %(header)s") % {"letter": letter, "header": header[:40]}
