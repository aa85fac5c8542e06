"""What people want raised, and what we need to know before the day."""

from collections.abc import Iterable
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions.actions.respond import refuse_when_over
from sessions.models import AgendaItem, Invitation, MandateAnswer, RulesAnswer, Wish, WishKind


@transaction.atomic
def tell_wishes(*, invitation: Invitation, texts: dict[WishKind, str], by: Actor, without_name: bool) -> None:
    """Keep the answers to the two questions. Without a name nothing joins them to invitation or trail.

    A named answer written again replaces the first; an emptied one is taken away.
    """
    refuse_when_over(invitation)
    for kind, text in texts.items():
        if without_name:
            if text.strip():
                _lay_among_others(Wish(session=invitation.session, kind=kind, text=text.strip()))
        elif text.strip():
            Wish.objects.update_or_create(
                session=invitation.session, invitation=invitation, kind=kind, defaults={"text": text.strip()}
            )
        else:
            Wish.objects.filter(invitation=invitation, kind=kind, agenda_item=None, response="").delete()
    if not without_name:
        record("wishes_told", on=invitation, by=by, workspace=invitation.session.workspace)


def _lay_among_others(wish: Wish) -> None:
    """Write a wish without a name together with those that wait, all anew and in a random order.

    Else the place of its row would tell between which named answers it came in (docs/anonymity.md).
    """
    waiting = Wish.objects.filter(
        session=wish.session, invitation=None, agenda_item=None, response="", contributions=None
    )
    wishes = [*waiting.select_for_update(of=["self"]), wish]
    Wish.objects.filter(pk__in=[each.pk for each in wishes]).delete()
    SystemRandom().shuffle(wishes)
    Wish.objects.bulk_create(wishes)


@transaction.atomic
def tell_before_the_day(
    *,
    invitation: Invitation,
    by: Actor,
    rules_answer: RulesAnswer | str = "",
    rules_note: str = "",
    mandate: MandateAnswer | str = "",
    knowledge: int | None = None,
    needs: Iterable[str] = (),
    needs_note: str = "",
) -> Invitation:
    """Keep rules, mandate, knowledge and needs (T12, T35, T36, T95). Each may stay empty."""
    refuse_when_over(invitation)
    if rules_answer == RulesAnswer.OTHERWISE and not rules_note.strip():
        raise DomainError(_("Write what you would change."), field="rules_note")
    values: dict[str, Any] = {
        "rules_answer": rules_answer,
        "rules_note": rules_note,
        "mandate": mandate,
        "knowledge": knowledge,
        "needs": sorted(needs),
        "needs_note": needs_note,
    }
    Invitation.objects.filter(pk=invitation.pk).update(**values)
    invitation.refresh_from_db()
    record("prepared", on=invitation, by=by, workspace=invitation.session.workspace)
    return invitation


@transaction.atomic
def put_on_agenda(*, wish: Wish, item: AgendaItem | None, response: str, by: User) -> Wish:
    """Link a wish to a part of the programme, or answer it with a reason (T60)."""
    if item is not None and item.session_id != wish.session_id:
        raise DomainError(_("This part belongs to another meeting."))
    Wish.objects.filter(pk=wish.pk).update(agenda_item=item, response=response.strip())
    wish.refresh_from_db()
    record(
        "wish_placed",
        on=wish.session,
        by=Actor.user(by),
        workspace=wish.session.workspace,
        data={"item": item.pk if item else None},
    )
    return wish
