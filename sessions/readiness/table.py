"""Step 2, Table: who must be there, and what could keep them away."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from sessions import wording
from sessions.models import (
    BriefingKind,
    Confidentiality,
    Decline,
    History,
    Invitation,
    PlaceMode,
    SessionGroup,
)
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import Finding, Severity, State, StepItem, StepState, finder, step_name
from sessions.table_view import EXPECTED
from sessions.translations import (
    Standing,
    Translations,
    needed_by,
    readers,
    sources_before,
    told_with,
)
from stakeholders.models import Channel, Person

STEP = 2
_finding = finder(STEP, page="table")
GAPS = 3
FEW = 3


def nobody(facts: SessionFacts) -> Finding | None:
    """Somebody is invited."""
    if facts.counted or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "nobody",
        Severity.BLOCKS,
        _("Nobody is on the list yet"),
        _("Drop your list from Excel, or paste it; Dialoog reads the columns."),
        page="people",
    )


def gaps(facts: SessionFacts) -> list[Finding]:
    """T2: groups one would expect, not invited and without a reason: those that screen 5 asks about."""
    if not facts.is_under_way or not facts.counted:
        return []
    settled = {row.group_id for row in facts.counted} | {row.group_id for row in facts.groups if row.absence}
    missing = {row.key: row for row in facts.workspace_groups if row.key and row.pk not in settled}
    return [
        _finding(
            facts,
            f"T2:{key}",
            # once people are invited, the table is a fact that may still be mended
            Severity.WARNS if facts.is_before_sending else Severity.HINTS,
            _("Nobody yet for “%(group)s”") % {"group": missing[key].label},
            _("Invite them, hear them at a separate meeting, or say why not: others will ask."),
            mend=_("Invite or explain"),
            at="h-gaps",
        )
        for key in EXPECTED
        if key in missing
    ][:GAPS]


def place(facts: SessionFacts) -> Finding | None:
    """T10: a place, or a date on which people hear it; never a reason to wait with inviting."""
    session = facts.session
    if not facts.is_under_way:
        return None
    if session.place_mode == PlaceMode.OPEN:
        return _open_place(facts)
    if session.place_mode == PlaceMode.PLACE and not session.place.strip():
        return _finding(
            facts,
            "T10",
            Severity.WARNS,
            _("There is no place yet"),
            _("Fill it in, or choose “not settled yet” and say when people hear it."),
            page="meeting",
            size="programme",
            at="id_place",
            minutes=1,
        )
    return None


def distance(facts: SessionFacts) -> Finding | None:
    """T10: somebody thought about whom this place is far for."""
    session = facts.session
    considered = session.measures.strip() or session.travel_paid or session.place_mode != PlaceMode.PLACE
    if considered or not session.place.strip() or not facts.counted or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "T10-far",
        Severity.HINTS,
        _("For whom is this place far?"),
        _("A place that suits some keeps others away; travel costs or taking part online can help."),
        at="h-far",
    )


def shut_out(facts: SessionFacts) -> list[Finding]:
    """T9: the place keeps a group away, by its own words or by its answers."""
    if not facts.is_inviting:
        return []
    found = []
    for row in facts.invited_groups:
        rows = [one for one in facts.sent if one.group_id == row.group_id]
        far = sum(1 for one in rows if Decline.FAR in one.decline_reasons)
        given = [one for one in rows if one.answer]
        come = sum(1 for one in given if one.is_coming)
        if far:
            title = ngettext(
                "%(count)d of the group “%(group)s” does not come: too far",
                "%(count)d of the group “%(group)s” do not come: too far",
                far,
            ) % {"count": far, "group": row.group.label}
        elif len(given) >= FEW and come * 2 < len(given):
            title = _("Few of the group “%(group)s” come: %(come)s of %(given)s") % {
                "group": row.group.label,
                "come": come,
                "given": len(given),
            }
        else:
            continue
        why = _("Without them mostly others speak about their work; offer another place, or online.")
        found.append(
            _finding(
                facts,
                f"T9:{row.group_id}",
                Severity.WARNS,
                title,
                why,
                name="sessions:answer_list",
                mend=_("See who"),
            )
        )
    return found


def contribution(facts: SessionFacts) -> Finding | None:
    """T26: every group reads what is asked of it."""
    if not facts.is_before_sending:
        return None
    without = [row for row in facts.invited_groups if not _told(facts, row, "what_we_ask")]
    if not without:
        return None
    return _finding(
        facts,
        "T26",
        Severity.WARNS,
        _("Not yet said what you ask of: %(groups)s") % {"groups": _named(without)},
        _("Who knows what to bring comes prepared, and dares to speak."),
        minutes=3,
    )


def role(facts: SessionFacts) -> Finding | None:
    """T23: every invitee reads why they are asked."""
    if not facts.is_before_sending:
        return None
    without = [row for row in facts.invited_groups if not _told(facts, row, "why_you")]
    if not without:
        return None
    return _finding(
        facts,
        "T23",
        Severity.WARNS,
        _("Not yet said why you ask: %(groups)s") % {"groups": _named(without)},
        _("People want to know in which role they sit at the table."),
        minutes=3,
    )


def without_group(facts: SessionFacts) -> Finding | None:
    """T23: everybody speaks for a group."""
    count = sum(1 for row in facts.counted if row.group_id is None)
    if not count or not facts.is_before_sending:
        return None
    title = ngettext("%(count)d person is in no group yet", "%(count)d people are in no group yet", count) % {
        "count": count
    }
    return _finding(
        facts,
        "T23-group",
        Severity.WARNS,
        title,
        _("Without a group they get no reason and no request in their invitation."),
        at="group-0",
    )


def measures(facts: SessionFacts) -> Finding | None:
    """T39: groups that are easily left out, and what is done so that they can take part.

    It is written with one of them, where it can be read again before the day.
    """
    if not facts.is_under_way or facts.session.measures.strip():
        return None
    at_risk = [row for row in facts.invited_groups if row.group.at_risk_of_exclusion]
    without = [row for row in at_risk if not any(_is_helped(one) for one in _people_of(facts, row))]
    if not without:
        return None
    person = _people_of(facts, without[0])[0].person
    return _finding(
        facts,
        "T39",
        Severity.WARNS,
        _("What helps these people to take part: %(groups)s") % {"groups": _named(without)},
        _(
            "Think of language, reading, lost wages, travel and fear. Write it under “What helps here” with "
            "one person of each group."
        ),
        name="stakeholders:person_edit",
        args=(person.pk,),
        at="id_note",
        mend=_("Write it with %(name)s") % {"name": person.name},
        minutes=3,
    )


def safety(facts: SessionFacts) -> Finding | None:
    """T39, T86: protected people at a table that is public."""
    public = facts.session.confidentiality == Confidentiality.PUBLIC
    if not public or not facts.is_under_way or not any(row.person.is_protected for row in facts.counted):
        return None
    return _finding(
        facts,
        "T39-public",
        Severity.WARNS,
        _("Everything is public, but some people take part under protection"),
        _("A report with names can lead to them; choose that names stay in the room."),
        page="promise",
        size="promise",
        at="id_confidentiality",
        minutes=1,
    )


def history(facts: SessionFacts) -> Finding | None:
    """T117: asked once, before inviting."""
    session = facts.session
    if not facts.is_before_sending or len(facts.counted) < 2:
        return None
    if session.history and (session.history != History.YES or session.history_note.strip()):
        return None
    return _finding(
        facts,
        "T117",
        Severity.HINTS,
        _("Has something happened between these people that you should know?"),
        _("What nobody mentioned beforehand comes up at the table."),
        at="id_history",
        minutes=1,
    )


def unreachable(facts: SessionFacts) -> Finding | None:
    """T33: everybody can be reached in the way chosen for them."""
    lost = [row.person for row in facts.counted if not _reachable(row.person) and not row.answer]
    if not lost or not facts.is_under_way:
        return None
    count = len(lost)
    title = ngettext("%(count)d person cannot be reached", "%(count)d people cannot be reached", count) % {
        "count": count
    }
    return _finding(
        facts,
        "channel",
        Severity.WARNS,
        title,
        _("An address or telephone number is missing; without it they hear nothing."),
        name="stakeholders:person_edit",
        args=(lost[0].pk,),
        at="id_email" if lost[0].unusable_email else "id_channel",
        mend=_("Fill it in for %(name)s") % {"name": lost[0].name},
    )


def language(facts: SessionFacts) -> Finding | None:
    """T76: texts in the languages of those who are invited; never silently in a third."""
    if not facts.is_under_way or facts.pack_is_out:
        return None
    standing = next((each for each in _standings(facts) if each.gaps), None)
    if standing is None:
        return None
    return _finding(
        facts,
        "T76",
        Severity.WARNS,
        standing.sentence,
        _("They see the original, with a sentence that says so; a translation is kinder."),
        name="portal:translation_edit",
        mend=_("Translate"),
        minutes=min(2 * standing.gaps, 20),
    )


def _standings(facts: SessionFacts) -> list[Standing]:
    """How far the translations are of what the next mailing tells, per language."""
    agenda = [] if facts.is_before_sending else facts.agenda
    sources = sources_before(
        facts.session, procedure=facts.procedure, groups=facts.invited_groups, agenda=agenda
    )
    if not agenda:
        sources = told_with(BriefingKind.INVITATION, sources)
    stored = Translations(facts.texts, facts.session.language)
    return [
        stored.standing(needed_by(sources, them), them.language, them.people)
        for them in readers(facts.session, facts.counted)
    ]


CHECKS = (
    nobody,
    unreachable,
    without_group,
    contribution,
    role,
    measures,
    safety,
    shut_out,
    place,
    language,
    gaps,
    distance,
    history,
)


def state(facts: SessionFacts) -> StepState:
    """Where the list with reasons stands."""
    invited = facts.invited_groups
    reasons = [row for row in invited if _told(facts, row, "why_you") and _told(facts, row, "what_we_ask")]
    absent = [row for row in facts.groups if row.absence]
    session = facts.session
    homeless = any(row.group_id is None for row in facts.counted)
    told = _level(len(reasons), len(invited))
    note = _("%(part)s of %(whole)s") % {"part": len(reasons), "whole": len(invited)} if invited else ""
    items = [StepItem(told, _("Groups, and what you ask of them"), note)]
    items += [
        StepItem(State.DONE, _("Not at this table: %(group)s") % {"group": row.group.label}, _reason(row))
        for row in absent
    ]
    thought = bool(session.measures.strip() or session.travel_paid or session.place_mode != PlaceMode.PLACE)
    far = State.DONE if thought else State.LATER
    items.append(StepItem(far, _("For whom this place is far"), session.measures[:60]))
    if not facts.counted:
        whole = State.LATER
    elif facts.is_past:
        whole = State.DONE
    elif homeless or len(reasons) < len(invited):
        whole = State.BUSY
    else:
        whole = State.DONE
    return StepState(STEP, step_name(STEP), whole, _line(facts), items)


def _line(facts: SessionFacts) -> str:
    count, groups = len(facts.counted), len(facts.invited_groups)
    if not count:
        return _("Who must be there, and why.")
    people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
    of = ngettext("%(count)d group", "%(count)d groups", groups) % {"count": groups}
    organisations = len({row.person.organisation_id for row in facts.counted} - {None})
    if not organisations:
        return _("%(people)s from %(groups)s.") % {"people": people, "groups": of}
    whose = ngettext("%(count)d organisation", "%(count)d organisations", organisations)
    words = {"people": people, "organisations": whose % {"count": organisations}, "groups": of}
    return _("%(people)s of %(organisations)s, from %(groups)s.") % words


def _level(part: int, whole: int) -> State:
    if whole and part == whole:
        return State.DONE
    return State.BUSY if whole else State.LATER


def _reason(row: SessionGroup) -> str:
    return row.absence_reason or row.get_absence_display()


def _open_place(facts: SessionFacts) -> Finding | None:
    known_on = facts.session.place_known_on
    if known_on and known_on >= facts.today:
        return None
    if known_on is None:
        title = _("Say when people hear the place")
        why = _("A place that is not settled yet is fine; a date makes it a promise.")
    else:
        title = _("People would hear the place by %(day)s") % {"day": dates.day_month(known_on)}
        why = _("That day has passed; tell them the place, or a new date.")
    at = "id_place_known_on"
    return _finding(
        facts, "T10", Severity.WARNS, title, why, page="meeting", size="programme", at=at, minutes=1
    )


def _people_of(facts: SessionFacts, row: SessionGroup) -> list[Invitation]:
    return [one for one in facts.counted if one.group_id == row.group_id]


def _is_helped(one: Invitation) -> bool:
    """Whether it is written down what helps this person, by a colleague or by themselves."""
    organisation = one.person.organisation
    known = one.person.note or (organisation.note if organisation else "")
    return bool(known.strip() or one.needs or one.needs_note.strip())


def _told(facts: SessionFacts, row: SessionGroup, name: str) -> bool:
    if getattr(row, name).strip():
        return True
    return all(getattr(one, name).strip() for one in facts.counted if one.group_id == row.group_id)


def _named(rows: list[SessionGroup]) -> str:
    return wording.joined([row.group.label for row in rows])


def _reachable(person: Person) -> bool:
    if person.is_archived:
        return False
    if person.channel == Channel.INTERMEDIARY and person.intermediary:
        return person.intermediary.is_reachable and not person.intermediary.is_archived
    return person.is_reachable
