"""How sign-in codes leave: at once or never, because a code that comes later is worth nothing."""

import logging
import smtplib
import sys
import threading
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from dialoog.kernel.outbox.courier import Outcome, QueueTrouble, connect, converse, hang_up
from dialoog.kernel.outbox.post import is_reserved

logger = logging.getLogger(__name__)


class OutboxBackend(BaseEmailBackend):
    """Django's mail door, used by allauth. Its mails are stored nowhere and shown in no sandbox.

    With a mail server they are handed over beside the request: a page that answers sooner for unknown
    addresses would tell who has an account. Embedded, they are printed where the server was started.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if settings.EMBEDDED:
            for message in email_messages:
                _print(message)
        else:
            # not a daemon: a command that ends at once still hands over its mail
            threading.Thread(target=_hand_over, args=[list(email_messages)]).start()
        return len(email_messages)


def _print(message: EmailMessage) -> None:
    rule = "-" * 70
    print(f"{rule}\n{message.subject}\n\n{str(message.body).strip()}\n{rule}", file=sys.stderr, flush=True)


def _hand_over(messages: list[EmailMessage]) -> None:
    try:
        line = connect()
    except QueueTrouble as trouble:
        logger.error("A sign-in mail could not leave (%s).", trouble.code)
        return
    try:
        for message in messages:
            _converse(line, message)
    finally:
        hang_up(line)


def _converse(line: smtplib.SMTP, message: EmailMessage) -> None:
    content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    for address in message.recipients():
        if is_reserved(address):
            logger.warning("A sign-in mail to an example address was not sent.")
            continue
        result = converse(line, address, content)
        if result.outcome is not Outcome.SENT:
            logger.error("A sign-in mail was not accepted (%s).", result.outcome.value)
