"""Lists as people have them, read and judged."""

import io

import openpyxl

from stakeholders.importing import Judgement, Known, Table, guess_columns, judge

SEMICOLONS = "Naam;Organisatie;E-mail\nFemke Haverkamp;Haverkamp B.V.;femke@haverkamp.example\n"


def workbook(rows: list[list[object]], *, more: dict[str, list[list[object]]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, sheet_rows in (more or {}).items():
        sheet = book.create_sheet(title)
        for row in sheet_rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def judged(table: Table, *existing: Known, **options: object) -> Judgement:
    return judge(table, guess_columns(table), existing, **options)


def names(judgement: Judgement) -> list[str]:
    return [row.name for row in judgement.rows]
