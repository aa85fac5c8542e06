"""Claims what is due, hands it to the mail server and settles what became of it.

Delivery is at least once, never silently lost: before each mail the row says "sending", after it "sent". A
process that dies between the server's 250 and our commit leaves one row nobody can know about. After its
lease it is sent again under the same Message-ID, which some mail programs fold into one and others do not;
a mail with a one-time meaning waits as "uncertain" for a person instead. Exactly once over SMTP does not
exist. Measured with ten random kill -9 on 5,000 mails: see docs/benchmarks.md.

Two processes may deliver at once: a mail belongs to the holder of its lease, every step is a conditional
UPDATE, and the lease is longer than the slowest conversation about one mail can take.
"""

import logging
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from dialoog.kernel import clock
from dialoog.kernel.outbox.courier import Courier, Outcome, QueueTrouble, Result, courier_for
from dialoog.kernel.outbox.message import Mould
from dialoog.kernel.outbox.models import MailBody, MailQuerySet, OutgoingMail, QueueState

logger = logging.getLogger(__name__)

Status, Error = OutgoingMail.Status, OutgoingMail.Error
CHUNK = 50
GIVE_UP_AFTER = 60  # tries, about two and a half days
BLOCKED_TRIES = 3  # a mail refused that often is itself what the server does not want
REST = timedelta(minutes=15)
Settled = tuple[OutgoingMail, Result]
T = TypeVar("T")
_AWAY = (OperationalError, InterfaceError)


def deliver_due(*, limit: int = 500) -> int:
    """Send what is due until nothing is left, the queue rests or `limit` is passed; returns how many.

    Call it outside a transaction: every step must be visible to others before the next one.
    """
    tried = 0
    while tried < limit and not _outlasting(is_paused):
        lease = secrets.token_hex(12)
        chunk = _outlasting(partial(_claim, lease))
        if not chunk:
            break
        try:
            tried += _deliver_chunk(chunk, lease)
        except QueueTrouble as trouble:
            _pause(trouble)
        finally:
            _outlasting(partial(_give_back, lease))
    return tried


def sweep() -> None:
    """Put right what a dead process left, and mark what has become too late to make sense."""
    now = clock.now()
    stuck = OutgoingMail.objects.filter(lease_until__lt=timezone.now())
    free = {"lease": "", "lease_until": None}
    stuck.filter(status=Status.CLAIMED).update(status=Status.PENDING, **free)
    sending = stuck.filter(status=Status.SENDING)
    sending.filter(is_once_only=True).update(status=Status.UNCERTAIN, error=Error.STOPPED, **free)
    sending.filter(is_once_only=False).update(status=Status.PENDING, next_at=now, error=Error.STOPPED, **free)
    late = OutgoingMail.objects.filter(status=Status.PENDING, useless_after__lt=now)
    late.update(status=Status.MISSED)


def is_due() -> bool:
    """Whether there is anything to send now."""
    return _claimable().exists() and not is_paused()


def is_paused() -> bool:
    """Whether the queue rests because the mail server is away or refuses us."""
    return QueueState.objects.filter(pk=QueueState.ONLY, paused_until__gt=timezone.now()).exists()


def queue_alarm() -> QueueState | None:
    """What is wrong with the mail server, until a mail has gone out again; None when nothing is."""
    return QueueState.objects.filter(pk=QueueState.ONLY, since__isnull=False).first()


def resume() -> None:
    """End the pause at once. The alarm stays until a mail has gone out."""
    QueueState.objects.filter(pk=QueueState.ONLY).update(paused_until=None)


def _claimable() -> MailQuerySet:
    now = clock.now()
    mails = OutgoingMail.objects.due(now).filter(Q(useless_after__isnull=True) | Q(useless_after__gte=now))
    # without a mail server only the sandbox sends: a real mail waits until there is one again
    return mails.filter(is_sandboxed=True) if settings.EMBEDDED else mails


def _claim(lease: str) -> list[OutgoingMail]:
    """Take the next mails in one UPDATE, so that no two processes get the same one."""
    wanted: Any = _claimable().order_by("next_at", "id").values("id")[:CHUNK]
    if connection.features.has_select_for_update_skip_locked:
        wanted = wanted.select_for_update(skip_locked=True)
    with transaction.atomic():
        inner, parameters = wanted.query.sql_with_params()
        until = connection.ops.adapt_datetimefield_value(_lease_until())
        with connection.cursor() as cursor:
            cursor.execute(
                # materialised: a planner that runs it once for each row takes a chunk at each run
                f"WITH chosen AS MATERIALIZED ({inner})"
                " UPDATE outbox_outgoingmail SET status = 'claimed', lease = %s, lease_until = %s"
                " WHERE status = 'pending' AND id IN (SELECT id FROM chosen) RETURNING id",
                [*parameters, lease, until],
            )
            ids = [row[0] for row in cursor.fetchall()]
    claimed = OutgoingMail.objects.filter(pk__in=ids, lease=lease)
    # not joined: fifty mails would each bring along the body they share
    return list(claimed.prefetch_related("body__attachments").order_by("next_at", "id")) if ids else []


def _deliver_chunk(chunk: list[OutgoingMail], lease: str) -> int:
    """Send a chunk over one line; stops where the line breaks. What was not begun, the caller gives back."""
    with courier_for(chunk) as courier:
        results = _send_each(chunk, lease, courier)
    last = results[-1] if results else Result(Outcome.LATER)
    if any(result.outcome is Outcome.SENT for result in results):
        _end_alarm()
    if last.outcome is Outcome.BLOCKED and len(results) < len(chunk):
        raise QueueTrouble("blocked", last.answer)
    if last.broke_the_line and len(results) == 1:
        # broken at the first mail: another line at once would meet the same
        raise QueueTrouble("network", last.answer)
    return len(results)


def _send_each(chunk: list[OutgoingMail], lease: str, courier: Courier) -> list[Result]:
    results: list[Result] = []
    unsettled: Settled | None = None
    for mail in chunk:
        message = _cast(mail)
        is_mine = _settle_and_announce(unsettled, mail, lease)
        unsettled = None
        if not is_mine:
            continue
        result = courier.send(mail, message) if message else Result(Outcome.BROKEN)
        results.append(result)
        unsettled = (mail, result)
        if result.broke_the_line or (result.outcome is Outcome.BLOCKED and mail.attempts < BLOCKED_TRIES):
            break
    if unsettled:
        _outlasting(partial(_settle, *unsettled, lease))
    return results


_moulds: dict[int, Mould] = {}


def _cast(mail: OutgoingMail) -> bytes | None:
    # the delivery boundary: one mail that cannot be built must not keep the others back
    try:
        return _outlasting(lambda: _mould(mail.body).cast(mail))
    except _AWAY:
        raise
    except Exception:
        logger.exception("Mail %s could not be put together.", mail.pk)
        return None


def _mould(body: MailBody) -> Mould:
    if body.pk not in _moulds or _moulds[body.pk].body.digest != body.digest:
        while len(_moulds) >= 12:
            del _moulds[next(iter(_moulds))]
        _moulds[body.pk] = Mould(body)
    return _moulds[body.pk]


def _settle_and_announce(previous: Settled | None, mail: OutgoingMail, lease: str) -> bool:
    """Write down what became of the mail before and the intent to send this one, in one commit."""

    def write() -> bool:
        if previous and previous[1].outcome is Outcome.SENT:
            return _hand_on(previous, mail, lease)
        with transaction.atomic():
            if previous:
                _settle(*previous, lease)
            return bool(_execute(_ANNOUNCE, _lease_until(), mail.pk, lease))

    announced = _outlasting(write)
    mail.attempts += announced
    return announced


def _outlasting(ask: Callable[[], T]) -> T:
    """Ask the database, again when it was away, for as long as a lease lasts.

    Who waits here knows what became of a mail; after giving up nobody does. Whatever is given here can be
    repeated: nobody else has this lease.
    """
    until = time.monotonic() + settings.OUTBOX_LEASE_SECONDS
    while True:
        try:
            return ask()
        except _AWAY as error:
            if connection.in_atomic_block or time.monotonic() > until:
                raise
            logger.warning("The database is away (%s); delivery waits for it.", type(error).__name__)
        connection.close()
        time.sleep(0.5)


def _hand_on(previous: Settled, mail: OutgoingMail, lease: str) -> bool:
    """The usual case in one statement: the mail before was sent, this one begins."""
    sent, result = previous
    adapt = connection.ops.adapt_datetimefield_value
    values: dict[str, Any] = {
        "sent": sent.pk,
        "next": mail.pk,
        "lease": lease,
        "answer": result.answer[:500],
        "now": adapt(clock.now()),
        "until": adapt(_lease_until()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_HAND_ON, values)
        touched = {row[0] for row in cursor.fetchall()}
    if sent.pk not in touched:
        _warn_of_loss(sent)
    return mail.pk in touched


# Written out because they run for every mail, and composing them anew costs more than running them. A mail
# that says "sending" under our lease before it is announced was announced by a commit whose answer got lost.
_HAND_ON = (
    "UPDATE outbox_outgoingmail SET"
    " status = CASE WHEN id = %(sent)s THEN 'sent' ELSE 'sending' END,"
    " sent_at = CASE WHEN id = %(sent)s THEN %(now)s ELSE sent_at END,"
    " answer = CASE WHEN id = %(sent)s THEN %(answer)s ELSE answer END,"
    " error = CASE WHEN id = %(sent)s THEN '' ELSE error END,"
    " lease = CASE WHEN id = %(sent)s THEN '' ELSE lease END,"
    " lease_until = CASE WHEN id = %(sent)s THEN NULL ELSE %(until)s END,"
    " attempts = CASE WHEN id = %(sent)s THEN attempts ELSE attempts + 1 END"
    " WHERE id IN (%(sent)s, %(next)s) AND lease = %(lease)s"
    " AND (status = 'sending' OR status = 'claimed' AND id = %(next)s)"
    " RETURNING id"
)
_ANNOUNCE = (
    "UPDATE outbox_outgoingmail SET status = 'sending', lease_until = %s, attempts = attempts + 1"
    " WHERE id = %s AND status IN ('claimed', 'sending') AND lease = %s"
)
_SENT = (
    "UPDATE outbox_outgoingmail SET status = 'sent', sent_at = %s, answer = %s, error = '', lease = '',"
    " lease_until = NULL WHERE id = %s AND status = 'sending' AND lease = %s"
)


def _execute(statement: str, *values: datetime | str | int) -> int:
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(statement, [adapt(each) if isinstance(each, datetime) else each for each in values])
        return cursor.rowcount


def _settle(mail: OutgoingMail, result: Result, lease: str) -> None:
    answer = result.answer[:500]
    if result.outcome is Outcome.SENT:
        settled = _execute(_SENT, clock.now(), answer, mail.pk, lease)
    else:
        mine = OutgoingMail.objects.filter(pk=mail.pk, status=Status.SENDING, lease=lease)
        settled = mine.update(lease="", lease_until=None, answer=answer, **_became(mail, result))
    if not settled:
        _warn_of_loss(mail)


def _warn_of_loss(mail: OutgoingMail) -> None:
    logger.warning("Mail %s was settled by another process meanwhile.", mail.pk)


def _became(mail: OutgoingMail, result: Result) -> dict[str, object]:
    now = clock.now()
    match result.outcome:
        case Outcome.REFUSED | Outcome.MAILBOX | Outcome.BROKEN:
            return {"status": Status.FAILED, "error": Error(result.outcome.value), "next_at": now}
        case Outcome.UNKNOWN if mail.is_once_only:
            return {"status": Status.UNCERTAIN, "error": Error.STOPPED}
        case Outcome.BLOCKED:
            error, last_try = Error.BLOCKED, BLOCKED_TRIES
        case Outcome.LATER:
            error, last_try = Error.LATER, GIVE_UP_AFTER
        case _:
            error, last_try = Error.NETWORK, GIVE_UP_AFTER
    if mail.attempts >= last_try:
        return {"status": Status.FAILED, "error": error, "next_at": now}
    return {"status": Status.PENDING, "error": error, "next_at": now + _wait(mail.attempts, result)}


def _wait(attempts: int, result: Result) -> timedelta:
    if result.broke_the_line and attempts == 1:
        return timedelta(0)
    return timedelta(seconds=min(3600, 30 * 2 ** min(attempts, 10)))


def _give_back(lease: str) -> None:
    OutgoingMail.objects.filter(lease=lease, status=Status.CLAIMED).update(
        status=Status.PENDING, lease="", lease_until=None
    )


def _pause(trouble: QueueTrouble) -> None:
    """Let the queue rest: after a broken line shortly, then longer; after a refusal of us, longest."""
    state, _is_new = QueueState.objects.get_or_create(pk=QueueState.ONLY)
    rest = REST
    if trouble.code == "network":
        rest = min(REST, timedelta(seconds=15 * 2 ** min(state.failures, 10)))
    now = timezone.now()
    QueueState.objects.filter(pk=QueueState.ONLY).update(
        paused_until=now + rest,
        since=state.since or now,
        code=trouble.code,
        answer=trouble.answer[:500],
        failures=F("failures") + 1,
    )
    logger.error("The mail queue rests for %d seconds (%s).", rest.total_seconds(), trouble.code)


def _end_alarm() -> None:
    QueueState.objects.filter(pk=QueueState.ONLY, since__isnull=False).update(
        since=None, paused_until=None, code="", answer="", failures=0
    )


def _lease_until() -> datetime:
    # leases are about processes, so they follow the real clock and not the one the demo sets
    return timezone.now() + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
