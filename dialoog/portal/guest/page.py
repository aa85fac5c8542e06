"""The guest page that grows: which moment it is, and everything that moment shows (journeys.md, part b)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.prepared import Prepared
from dialoog.kernel.ui import dates
from dialoog.kernel.ui.languages import language_links
from dialoog.portal.guest import forms
from dialoog.portal.guest.access import GuestRequest, typed_in
from dialoog.portal.guest.lines import changes_of, programme_of, steps_of
from feedback.guest import feedback_for, report_for
from sessions import wording
from sessions.models import (
    Answer,
    BriefingKind,
    Clear,
    DateMode,
    Decides,
    DialogueSession,
    Invitation,
    Question,
    SessionGroup,
    Status,
)
from sessions.queries import NEEDS_KEPT, kept_until
from sessions.reading import FALLBACK, Reading, Words
from sessions.telling import Said, live, party_list


class Moment(StrEnum):
    """The moments of the page; each has its template."""

    INVITED = "invited"
    THANKED = "thanked"
    PROGRAMME = "programme"
    TODAY = "today"
    OVER = "over"
    CLOSED = "closed"


_OVERLAP = {
    "inform": gettext_lazy("The circles do not touch: the decision is not made at this table."),
    "consult": gettext_lazy("The circles touch for a small part: there your view counts."),
    "involve": gettext_lazy("The circles overlap for a part: there you see your concerns back."),
    "collaborate": gettext_lazy("The circles overlap for a large part: that part you make together."),
    "empower": gettext_lazy("The circles cover each other: the people at the table decide."),
}
_PILLS = {
    Answer.YES: ("ok", "check"),
    Answer.PARTLY: ("half", "half"),
    Answer.LATER: ("half", "clock"),
    Answer.NO: ("no", "x"),
    Answer.DEPUTY: ("study", "people"),
}


def show(
    request: GuestRequest, *, moment: Moment | None = None, bound: forms.PersonalForm | None = None
) -> HttpResponse:
    """The page at its moment, with `bound` in the place of its form when that was not accepted."""
    invitation = request.invitation
    moment = moment or moment_of(invitation)
    if isinstance(bound, forms.AnswerForm) and moment in {Moment.THANKED, Moment.PROGRAMME}:
        moment = Moment.INVITED
    page = context_of(request, moment)
    if bound is not None:
        page["bound"] = bound
        if bound.mark == "call":
            page["call_form"] = bound
        elif bound.mark in page["forms"]:
            page["forms"][bound.mark] = bound
        else:
            page["typed"] = typed_in(request)
    template = f"portal/guest_{moment}.html"
    return render(request, template, page, status=status_of(request, bound))


def status_of(request: GuestRequest, bound: forms.PersonalForm | None) -> int:
    """403 for a form without proof, 422 for one that does not fit, else 200."""
    if request.csrf_refused:
        return 403
    return 422 if bound is not None and bound.errors else 200


def moment_of(invitation: Invitation) -> Moment:
    """Where in the story this invitation stands."""
    session = invitation.session
    if session.status == Status.CANCELLED or is_replaced(invitation):
        return Moment.CLOSED
    if session.status in {Status.HELD, Status.REPORTED} or session.has_ended:
        return Moment.OVER
    has_programme = _told(invitation).get("kind") == BriefingKind.PACK
    if session.has_started:
        return Moment.TODAY if has_programme else Moment.CLOSED
    if has_programme:
        return Moment.PROGRAMME
    return Moment.THANKED if invitation.answer else Moment.INVITED


def is_replaced(invitation: Invitation) -> bool:
    """Whether somebody else comes in this person's place; their page is then only for reading."""
    other = getattr(invitation, "replaced_by", None)
    return other is not None and not other.is_withdrawn


def reading_of(invitation: Invitation, kind: str = BriefingKind.INVITATION) -> Reading:
    """What this person is told now, with what was told to them personally."""
    told = _told(invitation)
    why, ask, level = told.get("why", ""), told.get("ask", ""), told.get("level", "")
    if not told:
        group = SessionGroup.objects.filter(session=invitation.session_id, group=invitation.group_id).first()
        why = invitation.why_you or (group.why_you if group else "")
        ask = invitation.what_we_ask or (group.what_we_ask if group else "")
        level = group.influence if group else ""
    language = get_language() or FALLBACK
    return live(invitation.session, language, kind=kind, why=why, ask=ask, level=level)


def context_of(request: GuestRequest, moment: Moment) -> dict[str, Any]:
    """Everything the template of `moment` shows."""
    invitation = request.invitation
    session = invitation.session
    if get_language() != session.language:
        # read once for the promise, the changes and the answers to wishes
        prefetch_related_objects([session], "texts")
    has_programme = moment in {Moment.PROGRAMME, Moment.TODAY}
    reading = reading_of(invitation, BriefingKind.PACK if has_programme else BriefingKind.INVITATION)
    is_open = moment in {Moment.INVITED, Moment.THANKED, Moment.PROGRAMME}
    steps = steps_of(invitation, reading)
    changes = changes_of(invitation) if has_programme or moment == Moment.THANKED else []
    page: dict[str, Any] = {
        "invitation": invitation,
        "session": session,
        "person": invitation.person,
        "reading": reading,
        "moment": moment,
        "is_open": is_open,
        "overlap": _OVERLAP.get(reading.level, ""),
        "not_yet": wording.not_yet_sentence(reading.rules_on) if reading.rules_on else "",
        "parties": reading.parties or party_list(session),
        "steps": steps,
        "next_steps": [step for step in steps if step.on > clock.today(session.timezone)],
        "questions": _questions(invitation),
        "pill": _PILLS.get(invitation.answer),  # type: ignore[call-overload]
        "know_on": invitation.know_on,
        "is_late": is_open and _is_late(session, reading),
        "has_paper": bool(_told(invitation).get("pdf")),
        "kept_until": kept_until(session),
        "forms": _forms(request, moment, reading) if is_open else {},
        "call_form": _call_form(request, reading),
        **shell(session),
    }
    page["changes"] = changes
    page["changed_on"] = max((change.made_at for change in changes), default=None)
    waits = is_open and not _told(invitation).get("clear")
    page["asks_receipt"] = waits and any(c.is_promise for c in changes)
    if has_programme:
        page["programme"] = programme_of(reading, _wishes(invitation))
        page["answered_wishes"] = _answered(invitation)
        page["needs_erased_on"] = session.ends_at + NEEDS_KEPT if session.ends_at else None
    if moment == Moment.OVER:
        page |= what_came_after(invitation)
    if moment == Moment.CLOSED:
        page["closed"] = _closed(invitation, reading)
    return page


def what_came_after(invitation: Invitation) -> dict[str, bool]:
    """Whether there are questions this person may still answer, and a report for them."""
    asked = feedback_for(invitation)
    return {
        "has_questions": asked is not None and asked.is_open,
        "has_report": report_for(invitation) is not None,
    }


Mounted = Callable[..., HttpResponse]


def mounted(
    request: GuestRequest,
    view: Mounted,
    invitation: Invitation,
    *,
    shell: Callable[[], dict[str, Any]],
    home_url: str,
) -> HttpResponse:
    """A page of the feedback module inside our frame; `home_url` is the page that stays."""
    response = view(request, invitation, shell=shell, home_url=home_url, refused=request.csrf_refused)
    if request.csrf_refused:
        response.status_code = 403
    return response


def shell(session: DialogueSession) -> dict[str, Any]:
    """What the frame around every guest page needs."""
    organisation = session.workspace.name
    name = session.contact_name or organisation
    return {
        "contact": {
            "name": name,
            "organisation": organisation if organisation != name else "",
            "phone": session.contact_phone,
        },
        "language_links": language_links(),
        "forget_url": reverse("portal:guest_forget"),
    }


def date_choices(session: DialogueSession) -> list[tuple[int, str]]:
    """The dates somebody may tick; none when the date is settled."""
    if session.date_mode != DateMode.POLL:
        return []
    zone = session.timezone
    options = session.date_options.order_by("starts_at")
    return [(o.pk, f"{dates.when(o.starts_at, zone)}–{dates.clock(o.ends_at, zone)}") for o in options]


def answer_initial(invitation: Invitation) -> dict[str, Any]:
    """The answer given before; nothing when there is none."""
    if not invitation.answer:
        return {}
    ticked = invitation.session.date_mode == DateMode.POLL
    return {
        "answer": invitation.answer,
        "note": invitation.answer_note,
        "know_on": invitation.know_on,
        "decline_reasons": invitation.decline_reasons,
        "deputy_name": invitation.deputy_name,
        "dates_ok": list(invitation.dates_ok.values_list("pk", flat=True)) if ticked else [],
        "clear": Clear.YES if invitation.clear == Clear.YES else "",
    }


def _is_late(session: DialogueSession, reading: Reading) -> bool:
    return reading.answer_by is not None and clock.today(session.timezone) > reading.answer_by


def _call_form(request: GuestRequest, reading: Reading) -> forms.CallForm:
    return forms.CallForm(owner=request.guest, reading=reading, initial={"number": request.guest.phone})


def _told(invitation: Invitation) -> dict[str, Any]:
    return getattr(invitation, "told", None) or {}


def _wishes(invitation: Invitation) -> list[dict[str, Any]]:
    found = [getattr(invitation, name, None) for name in ("wish_agenda", "wish_last_time")]
    return [wish for wish in found if wish]


def _answered(invitation: Invitation) -> list[tuple[str, Words]]:
    """What they asked for and got an answer to instead of a place in the programme."""
    said = Said(invitation.session, get_language() or FALLBACK)
    rows = [wish for wish in _wishes(invitation) if wish["response"] and not wish["title"]]
    return [(wish["text"], said(wish["response"])) for wish in rows]


def _forms(request: GuestRequest, moment: Moment, reading: Reading) -> dict[str, forms.PersonalForm]:
    invitation, owner = request.invitation, request.guest
    if moment == Moment.INVITED:
        initial, choices = answer_initial(invitation), date_choices(invitation.session)
        answer = forms.AnswerForm(owner=owner, reading=reading, dates=choices, initial=initial)
        return {"answer": answer}
    made: dict[str, forms.PersonalForm] = {
        "ask": forms.QuestionForm(owner=owner, reading=reading),
        "receipt": forms.ReceiptForm(owner=owner, reading=reading),
    }
    if moment == Moment.THANKED:
        words = {
            "agenda": (getattr(invitation, "wish_agenda", None) or {}).get("text", ""),
            "last_time": (getattr(invitation, "wish_last_time", None) or {}).get("text", ""),
        }
        made["wishes"] = forms.WishesForm(owner=owner, reading=reading, initial=words)
    else:
        made["before"] = forms.PreparationForm(
            owner=owner,
            reading=reading,
            decides=invitation.session.decides != Decides.NO,
            initial=forms.PreparationForm.from_invitation(invitation),
        )
    return made


_QUESTIONS = Prepared(
    lambda invitation, session: Question.objects.filter(
        Q(invitation_id=invitation) | Q(session_id=session, for_everyone=True)
    ).order_by("asked_at", "pk")
)


def _questions(invitation: Invitation) -> list[Question]:
    return _QUESTIONS(invitation=invitation.pk, session=invitation.session_id)


def _closed(invitation: Invitation, reading: Reading) -> tuple[str, str]:
    if invitation.session.status == Status.CANCELLED:
        return _("This meeting is cancelled"), _("You do not have to do anything.")
    if is_replaced(invitation):
        return (
            _("Someone else comes in your place"),
            _("You can read along here. Only the person who comes can answer now."),
        )
    return _("The meeting has started"), _("Answers can no longer be changed here.")
