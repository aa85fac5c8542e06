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
    def first(self) -> list[JudgedRow]:
        """Every refused row, then every row with a remark, then a few of the others."""
        rows = self.judgement.rows
        refused = [row for row in rows if row.verdict == Verdict.REFUSED]
        remarked = [row for row in rows if row.remarks and row.verdict != Verdict.REFUSED]
        plain = [row for row in rows if not row.remarks and row.verdict != Verdict.REFUSED]
        told = refused + remarked
        return told + plain[: max(2, SHOWN_ROWS - len(told))]

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
