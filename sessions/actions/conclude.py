"""What came of the meeting: outcomes in the words of the record, contributions with a response."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from sessions.actions.hold import refuse_before_start
from sessions.actions.translate import forget_texts
from sessions.models import (
    Contribution,
    DialogueSession,
    Invitation,
    Outcome,
    Response,
    Status,
    TextOwner,
    Wish,
    WishKind,
)
from stakeholders.models import Channel, Mode


@transaction.atomic
def save_outcome(
    *,
    session: DialogueSession,
    kind: str,
    text: str,
    by: Actor,
    figure: str = "",
    outcome: Outcome | None = None,
) -> Outcome:
    """Write down one result, at the end of the list, or change it. Refused before the meeting starts."""
    refuse_before_start(session)
    outcome = outcome or Outcome(session=session, position=_next_place(session.outcomes))
    outcome.kind, outcome.text, outcome.figure = kind, text.strip(), figure.strip()
    outcome.full_clean()
    outcome.save()
    record("outcome_saved", on=outcome, by=by, workspace=session.workspace)
    return outcome


@transaction.atomic
def remove_outcome(*, outcome: Outcome, by: Actor) -> None:
    """Take an outcome out of the record. A report that was sent keeps it."""
    record("outcome_removed", on=outcome, by=by, workspace=outcome.session.workspace)
    forget_texts(session=outcome.session, owner=TextOwner.OUTCOME, key=outcome.pk)
    outcome.delete()


@transaction.atomic
def move_outcome(*, outcome: Outcome, up: bool, by: Actor) -> None:
    """Let an outcome change places with the one before or after it; at the end nothing happens."""
    rows = list(outcome.session.outcomes.order_by("position", "pk"))
    place = rows.index(outcome)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows):
            row.position = position
        Outcome.objects.bulk_update(rows, ["position"])
    record("outcome_moved", on=outcome, by=by, workspace=outcome.session.workspace)


@transaction.atomic
def save_contribution(
    *,
    session: DialogueSession,
    text: str,
    by: Actor,
    people: Iterable[Invitation] = (),
    wishes: Iterable[Wish] = (),
    contribution: Contribution | None = None,
) -> Contribution:
    """Write down what was put forward, with its sources; who they are stays with organisers."""
    contribution = contribution or Contribution(session=session, position=_next_place(session.contributions))
    contribution.text = text.strip()
    contribution.full_clean()
    contribution.save()
    contribution.people.set(person for person in people if person.session_id == session.pk)
    contribution.wishes.set(wish for wish in wishes if wish.session_id == session.pk)
    record("contribution_saved", on=contribution, by=by, workspace=session.workspace)
    return contribution


def wishes_to_take_over(session: DialogueSession) -> models.QuerySet[Wish]:
    """Wishes for the programme that are no contribution yet. What people told about last time is not among
    them: everyone reads contributions, and the page said that those words are not passed on.
    """
    return session.wishes.filter(kind=WishKind.AGENDA, contributions=None)


def recognisable_wishes(session: DialogueSession) -> models.QuerySet[Wish]:
    """Those to take over of people who must not be recognised: their own words can betray them."""
    return wishes_to_take_over(session).filter(_hidden("invitation"))


def word_for_word(session: DialogueSession) -> set[int]:
    """Contributions (ids) that say exactly what somebody wrote who must not be recognised."""
    rows = session.contributions.filter(_hidden("wishes__invitation"), wishes__text=F("text"))
    return set(rows.values_list("pk", flat=True))


def _hidden(path: str) -> Q:
    """Without a name, under another name, or through somebody (T61, T86)."""
    covered = [mode for mode in Mode if mode != Mode.NAMED]
    return (
        Q(**{f"{path}__isnull": True})
        | Q(**{f"{path}__person__participation_mode__in": covered})
        | Q(**{f"{path}__person__channel": Channel.INTERMEDIARY})
    )


@transaction.atomic
def contributions_from_wishes(*, session: DialogueSession, by: Actor) -> int:
    """One contribution for each wish that is in none yet; returns how many. They can be merged afterwards."""
    wishes = wishes_to_take_over(session).order_by("agenda_item", "pk")
    place, made = _next_place(session.contributions), 0
    for made, wish in enumerate(wishes, 1):
        contribution = Contribution.objects.create(
            session=session, text=wish.text[:2000], position=place + made
        )
        contribution.wishes.add(wish)
    record("contributions_from_wishes", on=session, by=by, workspace=session.workspace, data={"count": made})
    return made


@transaction.atomic
def merge_contributions(*, contributions: Sequence[Contribution], text: str, by: Actor) -> Contribution:
    """Make one contribution of several that say the same; it keeps the sources of all."""
    if len(contributions) < 2:
        raise DomainError(_("Choose at least two to merge."))
    first, *others = sorted(contributions, key=lambda each: (each.position, each.pk))
    if any(each.session_id != first.session_id for each in others):
        raise DomainError(_("These belong to different meetings."))
    first.text = text.strip() or first.text
    first.save(update_fields=["text"])
    for each in others:
        first.people.add(*each.people.all())
        first.wishes.add(*each.wishes.all())
        forget_texts(session=first.session, owner=TextOwner.CONTRIBUTION, key=each.pk)
        each.delete()
    record("contributions_merged", on=first, by=by, workspace=first.session.workspace)
    return first


@transaction.atomic
def remove_contribution(*, contribution: Contribution, by: Actor) -> None:
    """Take a contribution out of the list. Its wishes stay and can become one again."""
    record("contribution_removed", on=contribution, by=by, workspace=contribution.session.workspace)
    forget_texts(session=contribution.session, owner=TextOwner.CONTRIBUTION, key=contribution.pk)
    contribution.delete()


@transaction.atomic
def respond_to_contributions(
    *,
    session: DialogueSession,
    responses: Mapping[int, tuple[str, str, date | None]],
    by: Actor,
) -> None:
    """Say per contribution (by id) what was done with it: response, reason, and a date for finding out.

    “Not adopted” needs a reason, “finding out” a date (T44). An empty response waits.
    """
    rows = {row.pk: row for row in session.contributions.filter(pk__in=list(responses))}
    for pk, (response, reason, answer_on) in responses.items():
        row = rows.get(pk)
        if row is None:
            continue
        if response == Response.NOT and not reason.strip():
            raise DomainError(_("Say why this was not adopted."), field=f"reason_{pk}")
        row.response, row.reason = response, reason.strip()
        row.answer_on = answer_on if response == Response.STUDY else None
    Contribution.objects.bulk_update(rows.values(), ["response", "reason", "answer_on"])
    record(
        "contributions_answered", on=session, by=by, workspace=session.workspace, data={"ids": sorted(rows)}
    )


def require_concluded(session: DialogueSession) -> None:
    """Refuse, in one sentence, as long as something is missing that a report needs (T44, T56)."""
    if session.status not in {Status.HELD, Status.REPORTED}:
        raise DomainError(_("Say first that the meeting was held."))
    waiting = session.contributions.filter(response="").count()
    if waiting:
        raise DomainError(
            ngettext(
                "%(count)d contribution has no answer yet.",
                "%(count)d contributions have no answer yet.",
                waiting,
            )
            % {"count": waiting}
        )
    undated = session.contributions.filter(response=Response.STUDY, answer_on=None).count()
    if undated:
        raise DomainError(_("“We are finding out” needs a date on which people hear more."))


def concluding_hints(session: DialogueSession) -> list[str]:
    """What would make the report better and blocks nothing."""
    hints = []
    commitments = list(session.commitments.values_list("by_organiser", flat=True))
    if not session.outcomes.exists():
        hints.append(_("No outcome is written down yet."))
    if not commitments:
        hints.append(_("Nobody has promised anything yet. What happens next, by whom and when?"))
    elif not any(commitments):
        # T57: buying parties share the responsibility they ask others to take
        hints.append(_("All commitments are with others. What do you take on yourselves?"))
    if not session.invitations.exclude(attendance="").exists():
        hints.append(_("Nobody has said who was there."))
    return hints


def _next_place(rows: models.Manager[Any]) -> int:
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
