"""What the page shows of a list before it is added; the seven screens use it too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stakeholders.actions.importing import judge_draft
from stakeholders.forms.importing import ColumnsForm
from stakeholders.importing import Columns, JudgedRow, Judgement, Table, Verdict
from stakeholders.models import ImportDraft

SHOWN_ROWS = 8


@dataclass(frozen=True)
class Preview:
    """Everything `stakeholders/_import_preview.html` reads, as `preview`."""

    draft: ImportDraft
    table: Table
    columns: Columns
    judgement: Judgement
    form: ColumnsForm

    @property
    def counts(self) -> dict[str, int]:
        return {verdict.value: count for verdict, count in self.judgement.counts.items()}

    @property
    def named(self) -> int:
        """How many different people the list names, new and known."""
        rows = self.judgement.rows
        return self.judgement.adds + len({row.merges for row in rows if row.merges is not None})

    @property
    def first(self) -> list[JudgedRow]:
        """A few rows that show every verdict there is, in the order of the list."""
        rows = self.judgement.rows
        if len(rows) <= SHOWN_ROWS:
            return list(rows)
        chosen: set[int] = set()
        for verdict in Verdict:
            chosen.update([i for i, row in enumerate(rows) if row.verdict == verdict][:2])
        for index in range(len(rows)):
            if len(chosen) >= SHOWN_ROWS:
                break
            chosen.add(index)
        return [rows[index] for index in sorted(chosen)]

    @property
    def rest(self) -> list[JudgedRow]:
        """The rows not among the first."""
        shown = {id(row) for row in self.first}
        return [row for row in self.judgement.rows if id(row) not in shown]


def import_preview(draft: ImportDraft, data: Mapping[str, Any] | None = None) -> Preview:
    """Read and judge a draft as it stands; `data` are the columns somebody just chose."""
    table, columns = Table.from_json(draft.table), Columns.from_json(draft.columns)
    form = ColumnsForm(data, table=table, columns=columns)
    return Preview(draft, table, columns, judge_draft(draft), form)
