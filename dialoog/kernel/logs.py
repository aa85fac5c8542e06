"""What may stand in a log: ids, never what opens a page."""

import logging
import re

# the addresses that carry a token: guests', of somebody who agrees, of joining, of signing in once
_TOKEN = re.compile(r"/(g|endorse|join|once)/[^/\s?#]+")


class WithoutTokens(logging.Filter):
    """Takes tokens out of the addresses that Django writes down when it refuses a form or breaks."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = _TOKEN.sub(r"/\1/…", said)
        if masked != said:
            record.msg, record.args = masked, None
        return True
