"""Case B up to yesterday: the pack is out; workers answer through somebody they trust."""

from collections.abc import Iterable

from dialoog.kernel.audit.actor import Actor
from dialoog.portal.demo.guests import Cast, Guest, give_preparation, give_reply, invitation_of
from dialoog.portal.demo.rajasthan import dutch, people, words
from dialoog.portal.demo.story import Story
from sessions.actions.brief import plan_briefing
from sessions.actions.invite import add_invitees
from sessions.actions.respond import acknowledge, respond
from sessions.models import (
    Absence,
    Answer,
    BriefingKind,
    Clear,
    Confidentiality,
    DateMode,
    Decides,
    DialogueSession,
    History,
    Influence,
    PlaceMode,
    Via,
)
from stakeholders.models import Mode, SeedGroup

ZONE = "Asia/Kolkata"
PACK = -15


class Rajasthan(Story):
    """Plays case B; the first day of its stage is that of the visits, some days from now."""

    def play(self) -> DialogueSession:
        self._plan()
        self._table()
        with self.stage.at(-46, 15):
            plan_briefing(session=self.session, by=self.organiser, send_at=self.stage.moment(-45, 9))
        with self.stage.at(-45, 9):
            self.stage.work(self.session)
            self.print_letters()
        early, late = _split(people.GUESTS)
        self._answers(early)
        self._workers()
        self._programme()
        with self.stage.at(PACK, 9):
            plan_briefing(session=self.session, by=self.organiser, kind=BriefingKind.PACK)
            self.stage.work(self.session)
        self._answers(late)
        self._preparations()
        return self.session

    def _plan(self) -> None:
        stage = self.stage
        meeting = {
            "title": words.TITLE,
            "language": "en",
            "timezone": ZONE,
            "date_mode": DateMode.FIXED,
            "starts_at": stage.moment(0, 9),
            "ends_at": stage.moment(2, 13, 30),
            "place_mode": PlaceMode.PLACE,
            "place": words.PLACE,
            "answer_by": stage.day(-3),
            "deputy_name": people.KOEN[0],
            "deputy_phone": people.KOEN[1],
        }
        promise = {
            "goal": words.GOAL,
            "use_of_outcomes": words.USE,
            "not_used_for": words.NOT_USED_FOR,
            "out_of_scope": words.OUT_OF_SCOPE,
            "influence": Influence.COLLABORATE,
            "decides": Decides.YES,
            "adopter": words.ADOPTER,
            "report_by": stage.day(21),
            "confidentiality": Confidentiality.ROOM,
            "last_time": words.LAST_TIME,
        }
        with stage.at(-60, 10):
            self.begin(meeting, promise)

    def _table(self) -> None:
        with self.stage.at(-58, 10):
            self.cast = Cast(self.workspace, people.PARTIES, self.organiser, language="en")
            invited = self.cast.add(people.GUESTS)
            workers = self.cast.behind(
                people.WORKERS,
                self.cast.people["Sunita Meena"],
                SeedGroup.WORKERS,
                participation_mode=Mode.PSEUDONYM,
                language="hi",
                note="Name known to PNK only.",
            )
            add_invitees(session=self.session, people=[*invited, *workers], by=self.organiser)
            self.write_rules(words.PROCEDURE, (SeedGroup.GOVERNMENT, SeedGroup.KNOWLEDGE))
        with self.stage.at(-57, 10):
            fields = {
                "travel_paid": True,
                "measures": words.MEASURES,
                "history": History.YES,
                "history_note": words.HISTORY,
            }
            # nothing about the workplace is agreed without the workers
            self.write_table(words.GROUPS, fields, {SeedGroup.WORKERS: Influence.EMPOWER})
            self.leave_out(SeedGroup.UNIONS, Absence.NOT_NEEDED, words.UNIONS_NOT_NEEDED)
            self.translate(dutch.PROMISE, "nl")

    def _answers(self, guests: Iterable[Guest]) -> None:
        for guest in guests:
            assert guest.reply is not None
            with self.stage.at(min(guest.reply.on, self.stage.yesterday), guest.reply.hour, 20):
                give_reply(self.session, guest, self.organiser)

    def _workers(self) -> None:
        """Two of six have answered, tapped in by the woman they trust."""
        with self.stage.at(-20, 18):
            for name, answer, question in (
                (people.COMES, Answer.YES, ""),
                (people.ASKS, Answer.LATER, words.WORKER_ASKS),
            ):
                invitation = invitation_of(self.session, name)
                sunita = Actor.guest(self.cast.people["Sunita Meena"].pk)
                respond(invitation=invitation, answer=answer, via=Via.INTERMEDIARY, by=sunita)
                clear = Clear.QUESTION if question else Clear.YES
                acknowledge(invitation=invitation, clear=clear, question=question, by=sunita)

    def _programme(self) -> None:
        with self.stage.at(-17, 11):
            self.write_programme(words.AGENDA, words.RULES, words.FACILITATOR)
            self.place_wishes(words.ASKED_FOR, {})
            self.translate(dutch.PROGRAMME, "nl")

    def _preparations(self) -> None:
        told = [(guest.preparation, guest) for guest in people.GUESTS if guest.preparation]
        for preparation, guest in sorted(told, key=lambda pair: pair[0].on):
            with self.stage.at(min(preparation.on, self.stage.yesterday), 12, 30):
                give_preparation(self.session, guest.name, preparation)


def _split(guests: Iterable[Guest]) -> tuple[list[Guest], list[Guest]]:
    """Who answered before the pack was sent and who after, each in the order of their answers."""
    answered = [
        (guest.reply.on, guest.reply.hour, place, guest) for place, guest in enumerate(guests) if guest.reply
    ]
    ordered = [(row[0], row[3]) for row in sorted(answered, key=lambda row: row[:3])]
    return [guest for on, guest in ordered if on < PACK], [guest for on, guest in ordered if on >= PACK]
