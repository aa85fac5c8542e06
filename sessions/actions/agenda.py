"""The programme: its parts and their order, the rules of conduct, and the date when people could choose."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions.actions.change import change_programme, note_agenda_change
from sessions.actions.gather import put_on_agenda
from sessions.actions.plan import StaleSession
from sessions.actions.planned import recompute
from sessions.actions.send import latest_sent
from sessions.actions.translate import forget_texts
from sessions.engine.programme import Block, draft
from sessions.models import (
    AgendaItem,
    BriefingKind,
    DateMode,
    DateOption,
    Decides,
    DialogueSession,
    Form,
    TextOwner,
    Wish,
    WishKind,
)
from sessions.reading import INTERFACE, interface_language
from sessions.translations import translations_of

# above every position in use: the unique constraint is checked per row (decisions.md 3)
_ASIDE = 10_000
_MOST = 120
_FORMS = {
    Block.WELCOME: Form.PLENARY,
    Block.TALK: Form.PLENARY,
    Block.ROUND: Form.TABLES,
    Block.BREAK: Form.BREAK,
    Block.LUNCH: Form.BREAK,
    Block.VOTE: Form.VOTE,
    Block.INFORMAL: Form.INFORMAL,
    Block.CLOSING: Form.CLOSING,
}


@transaction.atomic
def save_item(
    *,
    session: DialogueSession,
    fields: Mapping[str, Any],
    by: User,
    version: int,
    item: AgendaItem | None = None,
) -> AgendaItem:
    """Add a part at the end of its day, or change one. Refused when closed or when `version` is old."""
    _claim(session, version)
    values, before = dict(fields), _told(session, item)
    if item is None:
        if session.agenda.count() >= _MOST:
            raise DomainError(_("A programme has at most %(count)d parts.") % {"count": _MOST})
        item = AgendaItem(session=session, position=_last(session, values["day"]) + 1)
    elif item.day != values["day"]:
        values["position"] = _last(session, values["day"]) + 1
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    _tell(session, before, _told(session, item), by)
    record("agenda_item_saved", on=item, by=Actor.user(by), workspace=session.workspace)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, seen: int, by: User) -> bool:
    """Let a part change places with its neighbour of that day; returns whether it moved.

    `seen` is the position the reader saw: a second click on an old page moves nothing.
    """
    _refuse_closed(item.session)
    order = list(item.session.agenda.filter(day=item.day).order_by("position"))
    here = order.index(item)
    there = here - 1 if up else here + 1
    if item.position != seen or not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    before = sorted(order, key=lambda each: each.position)
    _renumber(item.session, item.day, order)
    _tell(item.session, _in_order(item.session, before), _in_order(item.session, order), by)
    record("agenda_item_moved", on=item, by=Actor.user(by), workspace=item.session.workspace)
    return True


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User) -> None:
    """Take a part out; the wishes it answered wait for a place again."""
    _refuse_closed(item.session)
    session, pk, before = item.session, item.pk, _told(item.session, item)
    item.delete()
    forget_texts(session=session, owner=TextOwner.AGENDA, key=pk)
    _tell(session, before, _told(session, None), by)
    data = {"item": pk}
    record("agenda_item_removed", on=session, by=Actor.user(by), workspace=session.workspace, data=data)


@transaction.atomic
def start_programme(*, session: DialogueSession, by: User) -> int:
    """Write a first programme from the length of the meeting, the influence and the wishes.

    Only wishes of named people give a round its title; what protected or unnamed people wrote is never
    put in front of others by a machine (T86). Refused when there is a programme already.
    """
    _refuse_closed(session)
    if session.agenda.exists():
        raise DomainError(_("There is a programme already. Change it part by part."))
    wishes = list(_open_wishes(session))
    votes = session.decides in {Decides.ADVICE, Decides.YES}
    blocks = draft(_minutes(session), session.influence, votes=votes, wishes=len(wishes))
    named = iter([wish for wish in wishes if wish.invitation and not wish.invitation.person.is_protected])
    with translation.override(interface_language(session.language)):
        for position, (block, minutes) in enumerate(blocks, 1):
            wish = next(named, None) if block == Block.ROUND else None
            item = AgendaItem.objects.create(
                session=session,
                position=position,
                minutes=minutes,
                form=_FORMS[block],
                **_words(session, block, wish),
            )
            if wish:
                Wish.objects.filter(pk=wish.pk).update(agenda_item=item)
    data = {"parts": len(blocks)}
    record("programme_started", on=session, by=Actor.user(by), workspace=session.workspace, data=data)
    return len(blocks)


@transaction.atomic
def make_part_of_wish(*, wish: Wish, fields: Mapping[str, Any], response: str, by: User) -> AgendaItem:
    """Put a new part on the programme for this wish (T60)."""
    session = wish.session
    item = save_item(session=session, fields=fields, by=by, version=session.version)
    put_on_agenda(wish=wish, item=item, response=response, by=by)
    return item


@transaction.atomic
def save_conduct(
    *, session: DialogueSession, rules: str, facilitator: str, by: User, version: int
) -> DialogueSession:
    """Save the rules of conduct, one a line, and who leads the talk (T95). Refused when `version` is old.

    Once people have them in their pack, the next mail tells what changed.
    """
    lines = [" ".join(line.split()) for line in rules.splitlines()]
    values = {"rules": "\n".join(line for line in lines if line), "facilitator": facilitator.strip()}
    if latest_sent(session, BriefingKind.PACK):
        change_programme(session=session, fields=values, by=by, version=version)
    else:
        _claim(session, version, **values)
    record("conduct_saved", on=session, by=Actor.user(by), workspace=session.workspace)
    return session


@transaction.atomic
def settle_date(*, session: DialogueSession, option: DateOption, by: User) -> DialogueSession:
    """Let one of the dates people chose from be the date. The others stay, to see who could come when."""
    _refuse_closed(session)
    if option.session_id != session.pk:
        raise DomainError(_("This date belongs to another meeting."))
    session.refresh_from_db()
    if session.date_mode != DateMode.POLL:
        raise DomainError(_("The date of this meeting is settled already."))
    values = {"date_mode": DateMode.FIXED, "starts_at": option.starts_at, "ends_at": option.ends_at}
    if session.is_sent:
        change_programme(session=session, fields=values, by=by, version=session.version)
    else:
        _claim(session, session.version, **values)
        recompute(session)
    data = {"option": option.pk}
    record("date_settled", on=session, by=Actor.user(by), workspace=session.workspace, data=data)
    return session


def ready_rules(session: DialogueSession) -> str:
    """Six rules most tables can start from, in the language of the meeting; one a line."""
    name = session.facilitator.strip() or session.contact_name.strip()
    with translation.override(interface_language(session.language)):
        whom = name or _("the one who leads the talk")
        return "\n".join(
            [
                _("One person speaks, the others listen."),
                _("Outside the room we name no names and no organisations."),
                _("At each table everybody speaks once before anybody speaks twice."),
                _("With a new fact we say: certain, likely or open."),
                _("We write down where we differ."),
                _("Something wrong? Tell %(name)s. You hear the same day what we do with it.")
                % {"name": whom},
            ]
        )


def _claim(session: DialogueSession, version: int, **values: Any) -> None:
    """Write with the version as guard, so that the second of two savers is told and not overwritten."""
    _refuse_closed(session)
    rows = DialogueSession.objects.filter(pk=session.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise StaleSession(_("Somebody else saved this meeting meanwhile. Look at both texts below."))
    session.refresh_from_db()


def _told(session: DialogueSession, item: AgendaItem | None) -> dict[str, str]:
    """A part as a change of it is told, in each language its title has."""
    if item is None:
        return {session.language: ""}
    fixed = f", {item.fixed_start:%H:%M}" if item.fixed_start else ""
    found = {}
    for code, (title,) in _titles(session, [item]).items():
        with translation.override(interface_language(code)):
            words = {"title": title, "minutes": item.minutes}
            found[code] = _("%(title)s, %(minutes)d minutes") % words + fixed
    return found


def _in_order(session: DialogueSession, items: Sequence[AgendaItem]) -> dict[str, str]:
    """The titles of a day one after the other, in each language that has them all."""
    return {code: " · ".join(titles) for code, titles in _titles(session, items).items()}


def _titles(session: DialogueSession, items: Sequence[AgendaItem]) -> dict[str, list[str]]:
    """The titles in the language of the meeting, and in each other one that has all of them."""
    translations = translations_of(session)
    found = {session.language: [item.title for item in items]}
    for code in INTERFACE:
        titles = [translations.find(item.title, code) for item in items]
        if code != session.language and all(titles):
            found[code] = titles
    return found


def _tell(session: DialogueSession, old: dict[str, str], new: dict[str, str], by: User) -> None:
    """Once people have the programme, every change of it stands in the next mail (T107)."""
    if old != new and session.is_sent and latest_sent(session, BriefingKind.PACK):
        note_agenda_change(session=session, old=old, new=new, by=by)


def _refuse_closed(session: DialogueSession) -> None:
    if session.is_closed:
        raise DomainError(_("This meeting is closed and can no longer be changed."))


def _last(session: DialogueSession, day: int) -> int:
    return session.agenda.filter(day=day).aggregate(last=Max("position"))["last"] or 0


def _renumber(session: DialogueSession, day: int, order: list[AgendaItem]) -> None:
    session.agenda.filter(day=day).update(position=F("position") + _ASIDE)
    for position, item in enumerate(order, 1):
        item.position = position
    AgendaItem.objects.bulk_update(order, ["position"])


def _open_wishes(session: DialogueSession) -> Any:
    rows = session.wishes.filter(kind=WishKind.AGENDA, agenda_item=None, response="")
    return rows.select_related("invitation__person").order_by("pk")


def _minutes(session: DialogueSession) -> int:
    """The length of one day of the meeting; three hours while no time is known."""
    if not session.starts_at or not session.ends_at:
        return 180
    minutes = int((session.ends_at - session.starts_at).total_seconds()) // 60
    return minutes if minutes <= 720 else 360


def _words(session: DialogueSession, block: Block, wish: Wish | None) -> dict[str, str]:
    leader = session.facilitator or session.contact_name
    title, lead, note = {
        Block.WELCOME: (_("Welcome and rules of conduct"), leader, ""),
        Block.TALK: (_("What this is about"), session.contact_name, _("You hear where we stand.")),
        Block.ROUND: (_("At the table"), "", _("Everybody speaks once before anybody speaks twice.")),
        Block.BREAK: (_("Break"), "", ""),
        Block.LUNCH: (_("Lunch"), "", _("Free to walk with whom you like.")),
        Block.VOTE: (_("Advice or decision"), leader, _("As announced, no other way.")),
        Block.CLOSING: (_("Who does what?"), leader, _("You hear what happens next, and when.")),
        Block.INFORMAL: (_("Time to talk freely"), "", ""),
    }[block]
    if wish:
        title = _("At the table: %(wish)s") % {"wish": _shortened(wish.text)}
    return {"title": title[:160], "lead": lead, "note": note}


def _shortened(text: str) -> str:
    """The first sentence or line, to begin a title from."""
    first = text.strip().splitlines()[0].split(". ")[0].strip(" .")
    return first if len(first) <= 90 else first[:89].rsplit(" ", 1)[0] + "…"
