"""What may stand in a log: ids, never what opens a page, and no values of a row the database refused."""

import logging
import re
from collections.abc import Iterator

# the addresses that carry a token: guests', of somebody who agrees, of joining, of signing in once
_TOKEN = re.compile(r"/(g|endorse|join|once)/[^/\s?#]+")
_DATA_EXCEPTION = "22"


class WithoutTokens(logging.Filter):
    """Takes tokens out of the addresses that Django writes down when it refuses a form or breaks."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = _TOKEN.sub(r"/\1/…", said)
        if masked != said:
            record.msg, record.args = masked, None
        return True


class WithoutValues(logging.Formatter):
    """Takes out what PostgreSQL quotes of a row it refuses: it says in full who is there already.

    What it calls the problem stays, with its code; its DETAIL, the piece of the statement and everything
    else below the first line go, and the first line too where that quotes a value.
    """

    def format(self, record: logging.LogRecord) -> str:
        said = super().format(record)
        error = record.exc_info[1] if record.exc_info else None
        for each in _chain(error):
            code = getattr(each, "sqlstate", None)
            if code:
                whole = str(each)
                # in a traceback it stands as it is, in a sentence of Celery as Python writes it
                for form in (whole, repr(whole)[1:-1]):
                    said = said.replace(form, _bare(whole, code))
        return said


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _bare(whole: str, code: str) -> str:
    if code.startswith(_DATA_EXCEPTION):
        return f"a value was refused ({code})"
    return f"{whole.partition(chr(10))[0]} ({code})"
