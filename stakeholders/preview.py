"""What the page shows of a list before it is added; the seven screens use it too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from stakeholders.actions.importing import Said, judge_draft
from stakeholders.forms.importing import ColumnsForm, PeopleForm
from stakeholders.importing import Columns, JudgedRow, Judgement, Table, Verdict, with_outcome
from stakeholders.models import ImportDraft, Person

SHOWN_ROWS = 8
_STORED = ("email", "phone", "place", "street", "postcode", "country", "job")


@dataclass(frozen=True)
class Preview:
    """Everything `stakeholders/_import_preview.html` reads, as `preview`."""

    draft: ImportDraft
    table: Table
    columns: Columns
    judgement: Judgement
    form: ColumnsForm
    abroad: PeopleForm

    @property
    def counts(self) -> dict[str, int]:
        return {verdict.value: count for verdict, count in self.judgement.counts.items()}

    @property
    def is_valid(self) -> bool:
        """Whether what was chosen of columns and people can be kept."""
        return self.form.is_valid() and self.abroad.is_valid()

    @property
    def has_other_columns(self) -> bool:
        """Whether columns were chosen, validly, that are not those of the rows somebody has seen."""
        return self.columns.chosen(self.form.choice()) != self.columns

    @property
    def said(self) -> Said:
        """What was chosen of the people, once that is valid."""
        return Said(self.abroad.languages(), self.abroad.same)

    def after_said(self, *, language: str = "") -> "Preview":
        """The same list as it is once that counts; which rows are one person changes what the list does."""
        if self.abroad.same == self.draft.same:
            return self
        self.said.put(self.draft)
        return import_preview(self.draft, language=language)

    @property
    def first(self) -> list[JudgedRow]:
        """Every refused row, then every row with a remark, then a few of the others, mended names first."""
        rows = self.judgement.rows
        refused = [row for row in rows if row.verdict == Verdict.REFUSED]
        remarked = [row for row in rows if row.remarks and row.verdict != Verdict.REFUSED]
        plain = [row for row in rows if not row.remarks and row.verdict != Verdict.REFUSED]
        told = refused + remarked
        return told + sorted(plain, key=lambda row: not row.stood)[: max(2, SHOWN_ROWS - len(told))]

    @property
    def rest(self) -> list[JudgedRow]:
        """The rows not among the first."""
        shown = {id(row) for row in self.first}
        return [row for row in self.judgement.rows if id(row) not in shown]


def import_preview(
    draft: ImportDraft, data: Mapping[str, Any] | None = None, *, language: str = ""
) -> Preview:
    """A draft as it stands, with what it changes for the people who are there already.

    `data` is what somebody just chose; `language` that of the meeting, else that of the workspace.
    """
    table, columns = Table.from_json(draft.table), Columns.from_json(draft.columns)
    language = language or draft.workspace.language
    judgement = judge_draft(draft, language=language)
    return Preview(
        draft,
        table,
        columns,
        with_outcome(judgement, _stored(draft, judgement)),
        ColumnsForm(data, table=table, columns=columns),
        PeopleForm(data, rows=judgement.abroad, chosen=draft.languages, language=language),
    )


def updated_sentence(count: int) -> str:
    """How many people who were there already got something; "" when nobody did."""
    if not count:
        return ""
    return ngettext("%(count)d person was updated.", "%(count)d people were updated.", count) % {
        "count": count
    }


def columns_sentence() -> str:
    """Why a list is shown once more in place of being added."""
    return gettext("The columns have changed. Look at the list once more; nothing is added yet.")


def _stored(draft: ImportDraft, judgement: Judgement) -> dict[int, dict[str, str]]:
    """What the register holds of the people a list names."""
    known = {row.merges for row in judgement.rows if row.merges is not None}
    people = Person.objects.for_workspace(draft.workspace).filter(pk__in=known)
    return {
        pk: dict(zip((*_STORED, "organisation"), (*fields, organisation or ""), strict=True))
        for pk, organisation, *fields in people.values_list("pk", "organisation__name", *_STORED)
    }
