"""Reads lists of people as they really are, and says row by row what would happen. Knows no models.

    table = read_upload("guests.xlsx", content)      or  read_pasted(text)
    columns = guess_columns(table)                   the organiser may choose otherwise: columns.chosen(...)
    judgement = judge(table, columns, known, ...)    rows with a verdict, and how many of each

Everything refused is a `DomainError` with one sentence in the reader's language. `Table.as_json` and
`Columns.as_json` go into an ImportDraft; the rows of a judgement go to `actions.importing.import_people`.
"""

from stakeholders.importing.columns import Column, Columns, guess_columns
from stakeholders.importing.files import read_upload
from stakeholders.importing.guessing import suggest_group
from stakeholders.importing.judgement import JudgedRow, Judgement, Known, Verdict
from stakeholders.importing.judging import judge
from stakeholders.importing.outcome import with_outcome
from stakeholders.importing.pasted import read_pasted
from stakeholders.importing.table import Table

__all__ = [
    "Column",
    "Columns",
    "JudgedRow",
    "Judgement",
    "Known",
    "Table",
    "Verdict",
    "guess_columns",
    "judge",
    "read_pasted",
    "read_upload",
    "suggest_group",
    "with_outcome",
]
