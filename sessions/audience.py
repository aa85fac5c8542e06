"""Who a mailing goes to, and what still stands in its way."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import checked_address
from sessions.models import (
    Answer,
    BriefingKind,
    DateMode,
    Decides,
    DecisionProcedure,
    DialogueSession,
)
from sessions.models.invitation import InvitationQuerySet
from stakeholders.models import Channel


@dataclass(frozen=True)
class Ways:
    """How many people are told in which way. Who is called first is counted beside their own way."""

    mails: int
    letters: int
    calls: int
    through: int
    intermediaries: int
    call_first: int

    @property
    def people(self) -> int:
        return self.mails + self.letters + self.calls + self.through


def audience(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> InvitationQuerySet:
    """Who is told: standing invitations of people not in the archive, not those somebody else comes for.

    The information pack goes to who was invited and did not say no.
    """
    rows = session.invitations.open().filter(
        Q(replaced_by=None) | Q(replaced_by__withdrawn_at__isnull=False),
        person__archived_at=None,
        person__erased_at=None,
    )
    if kind == BriefingKind.PACK:
        rows = rows.filter(sent_at__isnull=False).exclude(answer=Answer.NO)
    return rows


def ways(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> Ways:
    """The audience counted by the way each person is reached."""
    wanted = ("person__channel", "person__intermediary_id", "call_first")
    return ways_of(audience(session, kind).values_list(*wanted))


def ways_of(told: Iterable[tuple[str, int | None, bool]]) -> Ways:
    """The same for people at hand: of each the channel, the intermediary, and whether to call first."""
    rows = list(told)
    channels = Counter(channel for channel, _intermediary, _first in rows)
    return Ways(
        mails=channels[Channel.MAIL],
        letters=channels[Channel.LETTER],
        calls=channels[Channel.PHONE],
        through=channels[Channel.INTERMEDIARY],
        intermediaries=len({intermediary for _channel, intermediary, _first in rows if intermediary}),
        call_first=sum(1 for channel, _intermediary, first in rows if first and channel != Channel.PHONE),
    )


def obstacles(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> list[str]:
    """What stands in the way of sending, in sentences, what to mend first ahead."""
    found = [*_promise_gaps(session), *_time_gaps(session), *_sender_gaps(session)]
    if kind == BriefingKind.PACK:
        found += _pack_gaps(session)
    found += _receiver_gaps(session, kind)
    return found


def _promise_gaps(session: DialogueSession) -> list[str]:
    gaps = {
        "title": _("Say what the meeting is about."),
        "goal": _("Say what the goal is."),
        "use_of_outcomes": _("Say what the outcome is used for."),
        "influence": _("Say which influence people have."),
        "decides": _("Say whether something is decided that day."),
    }
    found = [sentence for name, sentence in gaps.items() if not str(getattr(session, name)).strip()]
    undecided = session.decides in {Decides.ADVICE, Decides.YES}
    if undecided and not DecisionProcedure.objects.filter(session=session).exists():
        found.append(_("Say how is decided, or on which date people get the rules."))
    return found


def _time_gaps(session: DialogueSession) -> list[str]:
    if session.is_closed:
        return [_("This meeting is closed. Nothing is sent for it any more.")]
    if session.date_mode == DateMode.POLL:
        later = session.date_options.filter(starts_at__gt=clock.now())
        return [] if later.exists() else [_("Give at least one date that is still to come.")]
    if session.starts_at is None:
        return [_("Give the date of the meeting, or let people choose one.")]
    if session.has_started:
        return [_("The meeting has already begun. You cannot invite to a moment in the past.")]
    return []


def _sender_gaps(session: DialogueSession) -> list[str]:
    if not session.contact_name.strip() or not session.contact_email:
        return [_("Say who people can call or mail: a name and an e-mail address.")]
    return []


def _pack_gaps(session: DialogueSession) -> list[str]:
    found = []
    if not session.invitations.sent().exists():
        found.append(_("Send the invitation before the information pack."))
    if not session.agenda.exists():
        found.append(_("Make the programme first."))
    return found


def _receiver_gaps(session: DialogueSession, kind: str) -> list[str]:
    rows = audience(session, kind)
    if not rows.exists():
        return [_("There is nobody to send this to yet.")]
    found = []
    for address in rows.filter(person__channel=Channel.MAIL).values_list("person__email", flat=True):
        try:
            checked_address(address)
        except DomainError as error:
            found.append(str(error))
    return found
