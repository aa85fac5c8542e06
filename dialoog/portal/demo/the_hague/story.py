"""Case A as it went: from the plan to a commitment that comes later. Days are counted from the meeting."""

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.portal.demo.guests import Cast, Reply, give_preparation, give_reply, invitation_of
from dialoog.portal.demo.stage import Stage
from dialoog.portal.demo.story import Story
from dialoog.portal.demo.the_hague import english, people, sheets, words
from feedback.actions import answers, questionnaire, report
from feedback.models import Questionnaire
from feedback.people import asked_people
from sessions.actions.brief import brief_newcomers, plan_briefing
from sessions.actions.change import propose_change
from sessions.actions.conclude import respond_to_contributions, save_contribution, save_outcome
from sessions.actions.endorse import answer_endorsement, ask_endorsement
from sessions.actions.follow_up import change_commitment, complete_commitment, make_commitment
from sessions.actions.gather import put_on_agenda, tell_before_the_day
from sessions.actions.hold import hold_session, save_attendance, suggested_attendance
from sessions.actions.invite import (
    add_invitees,
    change_invitation,
    mark_called,
    set_call_first,
)
from sessions.actions.newcomers import confirm_deputy
from sessions.actions.propose import answer_proposal, carry_out_proposal, propose_commitment_change
from sessions.actions.respond import acknowledge, answer_question, respond
from sessions.models import (
    Absence,
    Answer,
    BriefingKind,
    Clear,
    Commitment,
    Confidentiality,
    DateMode,
    Decides,
    DialogueSession,
    History,
    Influence,
    Invitation,
    Method,
    PlaceMode,
    ProposalKind,
    ProposalView,
    RulesAnswer,
)
from stakeholders.models import SeedGroup


class TheHague(Story):
    """Plays case A; the first day of its stage is that of the meeting."""

    def __init__(self, workspace: Workspace, stage: Stage, organiser: User, deputy: User) -> None:
        super().__init__(workspace, stage, organiser)
        self.deputy = deputy

    def play(self) -> DialogueSession:
        self._plan()
        self._table()
        self._send()
        self._answers()
        self._rules()
        self._programme()
        self._pack()
        self._deputy()
        self._day()
        self._feedback()
        self._report()
        self._afterwards()
        return self.session

    def _plan(self) -> None:
        stage = self.stage
        with stage.at(-76, 9, 30):
            meeting = {
                "title": words.TITLE,
                "date_mode": DateMode.FIXED,
                "starts_at": stage.moment(0, 10),
                "ends_at": stage.moment(0, 16),
                "place_mode": PlaceMode.BOTH,
                "place": words.PLACE,
                "online_link": "https://bellen.example.org/woontafel",
                "answer_by": stage.day(-28),
                "deputy_name": self.deputy.name,
                "deputy_phone": self.deputy.phone,
            }
            promise = {
                "goal": words.GOAL,
                "use_of_outcomes": words.USE,
                "not_used_for": words.NOT_USED_FOR,
                "out_of_scope": words.OUT_OF_SCOPE,
                "influence": Influence.COLLABORATE,
                "decides": Decides.ADVICE,
                "adopter": "het bestuur",
                "adopts_by": stage.day(42),
                "report_by": stage.day(14),
                "confidentiality": Confidentiality.ROOM,
                "last_time": words.LAST_TIME,
            }
            self.begin(meeting, promise)
            self.write_rules({"method": Method.LATER, "rules_on": stage.day(-21)})

    def _table(self) -> None:
        with self.stage.at(-74, 14):
            self.cast = Cast(self.workspace, people.PARTIES, self.organiser)
            invited = self.cast.add(people.GUESTS)
            add_invitees(session=self.session, people=invited, by=self.organiser)
        with self.stage.at(-74, 14, 40):
            fields = {
                "travel_paid": True,
                "measures": words.MEASURES,
                "history": History.YES,
                "history_note": words.HISTORY,
            }
            self.write_table(words.GROUPS, fields)
            self.leave_out(SeedGroup.WORKERS, Absence.SEPARATE, words.WORKERS_APART)
            self.leave_out(SeedGroup.LOCAL, Absence.NOT_NEEDED, words.LOCAL_NOT_NEEDED)
            called = [invitation_of(self.session, name) for name in people.CALLED_FIRST]
            set_call_first(session=self.session, invitations=[row.pk for row in called], by=self.organiser)
            opening = "Bij ons gesprek in juli beloofde ik u de regels vooraf. Daar houd ik me aan."
            hugo = invitation_of(self.session, "Hugo van Rossem")
            change_invitation(invitation=hugo, fields={"opening_line": opening}, by=self.organiser)
            self.translate(english.PROMISE, "en")

    def _send(self) -> None:
        name, email, function = people.GERARD[1], people.GERARD[0], people.GERARD[2]
        with self.stage.at(-71, 9):
            endorsement = ask_endorsement(
                session=self.session, name=name, email=email, function=function, by=self.organiser
            )
        with self.stage.at(-70, 17, 20):
            answer_endorsement(endorsement=endorsement, agreed=True)
        with self.stage.at(-64, 11):
            for name in people.CALLED_FIRST:
                mark_called(invitation=invitation_of(self.session, name), by=self.deputy)
        with self.stage.at(-64, 15):
            plan_briefing(session=self.session, by=self.organiser, send_at=self.stage.moment(-63, 9))
        with self.stage.at(-63, 9):
            self.stage.work(self.session)
            self.print_letters()

    def _answers(self) -> None:
        replies = [(guest.reply, guest) for guest in people.GUESTS if guest.reply]
        for reply, guest in sorted(replies, key=lambda pair: (pair[0].on, pair[0].hour)):
            self._remind_before(reply)
            with self.stage.at(reply.on, reply.hour, 12):
                give_reply(self.session, guest, self.organiser)
        with self.stage.at(-29, 10):
            ruben = invitation_of(self.session, "Ruben Coolen")
            respond(invitation=ruben, answer=Answer.YES, by=Actor.guest(ruben.person_id))

    def _remind_before(self, reply: Reply) -> None:
        if reply.on >= -33 and not self.session.planned_mails.filter(kind="reminder", state="done").exists():
            with self.stage.at(-33, 9):
                self.stage.work(self.session)

    def _programme(self) -> None:
        with self.stage.at(-18, 13):
            self.write_programme([(1, *part) for part in words.AGENDA], words.RULES, words.FACILITATOR)
            self.place_wishes(words.ASKED_FOR, words.NOT_THAT_DAY)
            for wish in self.session.wishes.filter(kind="last_time"):
                name = wish.invitation.person.name if wish.invitation else ""
                response = words.ABOUT_LAST_TIME[name]
                put_on_agenda(wish=wish, item=None, response=response, by=self.organiser)
            self.translate(english.PROGRAMME, "en")

    def _rules(self) -> None:
        """The rules that were promised for this day: a change of the promise, told to everybody."""
        with self.stage.at(-24, 9):
            self.stage.work(self.session)
        with self.stage.at(-21, 9):
            advisory = [self.groups[SeedGroup.GOVERNMENT], self.groups[SeedGroup.KNOWLEDGE]]
            propose_change(
                session=self.session,
                fields={},
                procedure={**words.PROCEDURE, "rules_on": None, "advisory_groups": advisory},
                reason=words.RULES_SETTLED,
                translated={"en": english.RULES_SETTLED},
                by=self.organiser,
                version=self.session.version,
            )
            self.stage.work(self.session)
        with self.stage.at(-20, 11):
            for guest in people.GUESTS:
                if guest.preparation:
                    invitation = invitation_of(self.session, guest.name)
                    text = guest.preparation.question
                    clear = Clear.QUESTION if text else Clear.YES
                    by = Actor.guest(invitation.person_id)
                    acknowledge(
                        invitation=invitation, clear=clear, question=text, by=by, wants_mail=bool(text)
                    )
        with self.stage.at(-19, 9):
            for question in self.session.questions.select_related("invitation__person", "session"):
                answer, for_everyone = words.ANSWERS[question.invitation.person.name]
                answer_question(
                    question=question, answer=answer, for_everyone=for_everyone, by=self.organiser
                )
            self.stage.work(self.session)

    def _pack(self) -> None:
        with self.stage.at(-15, 16):
            moment = self.stage.moment(-14, 9)
            plan_briefing(session=self.session, by=self.organiser, kind=BriefingKind.PACK, send_at=moment)
        with self.stage.at(-14, 9):
            self.stage.work(self.session)
        told = [(guest.preparation, guest) for guest in people.GUESTS if guest.preparation]
        for preparation, guest in sorted(told, key=lambda pair: pair[0].on):
            with self.stage.at(preparation.on, 12, 30):
                give_preparation(self.session, guest.name, preparation)

    def _deputy(self) -> None:
        with self.stage.at(-6, 18):
            ruben = invitation_of(self.session, "Ruben Coolen")
            respond(
                invitation=ruben,
                answer=Answer.DEPUTY,
                deputy_name=people.DEPUTY["name"],
                by=Actor.guest(ruben.person_id),
            )
        with self.stage.at(-5, 9):
            confirm_deputy(invitation=ruben, person=None, fields=people.DEPUTY, by=self.organiser)
            brief_newcomers(session=self.session, by=self.organiser)
            self.stage.work(self.session)
        with self.stage.at(-3, 20):
            maud = invitation_of(self.session, people.DEPUTY["name"])
            guest = Actor.guest(maud.person_id)
            respond(invitation=maud, answer=Answer.YES, by=guest)
            acknowledge(invitation=maud, clear=Clear.YES, by=guest)
            tell_before_the_day(
                invitation=maud,
                by=guest,
                rules_answer=RulesAnswer.AGREE,
                mandate=people.CONSULT,
                knowledge=1,
            )

    def _day(self) -> None:
        stage, session = self.stage, self.session
        with stage.at(0, 16, 30):
            present = {row.pk: suggested_attendance(row) for row in session.invitations.open()}
            note = "Ronde 2 ging eerst te snel; Simone nam de tijd. De zaal en de lunch waren goed."
            save_attendance(session=session, attendance=present, note=note, by=self.by)
            hold_session(session=session, by=self.by)
            for kind, text, figure in words.OUTCOMES:
                save_outcome(session=session, kind=kind, text=text, figure=figure, by=self.by)
            self._commit()
            stage.work(session)
        with stage.at(2, 11):
            self._contribute()

    def _commit(self) -> None:
        by_name = self.cast.organisations
        made = (
            ("U krijgt bericht over het besluit en over uw inbreng.", "", None, 14),
            (
                "Wij veranderen een bestelling niet meer in de laatste zes weken voor verzending.",
                "Haverkamp Wonen, Terpstra Tafelgoed, Lumen & Linnen",
                by_name["Haverkamp Wonen"],
                120,
            ),
            (
                "Wij beginnen een proef met thuiswerkers in katoen.",
                "Woon & Tafel en Shramik Saathi",
                None,
                61,
            ),
            (
                "Wij delen de vragen die wij bedrijven over risico's stellen.",
                "Bank De Dijk",
                by_name["Bank De Dijk"],
                30,
            ),
            ("Het bestuur neemt de lijst over, of schrijft op waarom niet.", "", None, 42),
        )
        for number, (text, name, owner, days) in enumerate(made, 1):
            make_commitment(
                session=self.session,
                text=text,
                owner_name=name,
                owner=owner,
                by_organiser=number in {1, 3, 5},
                due_on=self.stage.day(days),
                by=self.by,
            )

    def _contribute(self) -> None:
        responses = {}
        for text, names, response, reason, days in words.CONTRIBUTIONS:
            row = save_contribution(session=self.session, text=text, wishes=self.wishes_of(names), by=self.by)
            responses[row.pk] = (response, reason, self.stage.day(days) if days else None)
        respond_to_contributions(session=self.session, responses=responses, by=self.by)
        for number, (partners, answered) in words.TOUCHED.items():
            made = self._commitment(number)
            change_commitment(
                commitment=made,
                text=made.text,
                owner_name=made.owner_name,
                owner=made.owner,
                by_organiser=made.by_organiser,
                due_on=made.due_on,
                partners=[self.cast.organisations[name] for name in partners],
                contributions=self.session.contributions.filter(text__in=answered),
                by=self.by,
            )

    def _feedback(self) -> None:
        stage, groups = self.stage, self.groups
        asked = Questionnaire.objects.get(session=self.session)
        with stage.at(0, 17):
            clusters = [(name, [groups[key].pk for key in keys]) for name, keys, _count in sheets.CLUSTERS]
            talk_to = {
                "talk_to": "Simone van Dalen",
                "talk_to_phone": "06 555 03 03",
                "talk_to_why": "leidde de dag en werkt niet voor ons",
            }
            questionnaire.save_questionnaire(
                questionnaire=asked, fields=talk_to, clusters=clusters, by=self.by
            )
        with stage.at(1, 9):
            stage.work(self.session)
        self._fill_in(asked)
        with stage.at(6, 9):
            stage.work(self.session)
        with stage.at(9, 0, 5):
            questionnaire.close_questionnaire(questionnaire=asked, by=Actor.system())
        with stage.at(9, 0, 10):
            answers.count_answers(questionnaire=asked)
        with stage.at(9, 11):
            stage.work(self.session)
            quoted = asked.remarks.filter(may_quote=True)
            answers.sort_remarks(questionnaire=asked, quoted=quoted)

    def _fill_in(self, asked: Questionnaire) -> None:
        asked.refresh_from_db()
        by_cluster: dict[str, list[Invitation]] = {}
        for invitation in asked_people(self.session).select_related("cluster"):
            by_cluster.setdefault(invitation.cluster.name if invitation.cluster else "", []).append(
                invitation
            )
        remarks = iter(words.REMARKS)
        for (name, _groups, _count), rows in zip(sheets.CLUSTERS, sheets.sheets(), strict=True):
            for place, (items, invitation) in enumerate(zip(rows, by_cluster[name], strict=False)):
                text, may_quote = next(remarks, ("", False)) if place % 4 == 1 else ("", False)
                with self.stage.at(1 + place, 13, 40):
                    answers.submit(
                        questionnaire=asked,
                        invitation=invitation,
                        items=items,
                        remarks=[text],
                        may_quote=may_quote,
                    )
        with self.stage.at(6, 14):
            answers.deal_out(questionnaire=asked)

    def _report(self) -> None:
        stage = self.stage
        with stage.at(9, 16):
            complete_commitment(
                commitment=self._commitment(5),
                done_on=stage.day(9),
                note="Overgenomen, op één punt na: natuurrubber begint in het tweede jaar.",
                by=self.by,
            )
            self.report = report.start_report(session=self.session, by=self.by)
            fields = {**words.REPORT, "next_news_on": stage.day(90)}
            report.save_report(report=self.report, fields=fields, by=self.by)
            self.translate(english.REPORT, "en")
        with stage.at(12, 9):
            complete_commitment(commitment=self._commitment(1), done_on=stage.day(12), by=self.by)
            report.send_report(report=self.report, by=self.by)
            report.deliver_report(report=self.report)
            stage.work(self.session)

    def _afterwards(self) -> None:
        stage = self.stage
        with stage.at(13, 10):
            pilot = propose_commitment_change(
                commitment=self._commitment(3),
                kind=ProposalKind.MOVE,
                to=stage.day(82),
                reason="De dorpen kiezen eerst zelf wie meedoet.",
                by=self.by,
            )
            stage.work(self.session)
        for day, name in ((13, "Ananya Rao"), (15, "Daniel Mensah")):
            with stage.at(day, 18):
                touched = invitation_of(self.session, name)
                by = Actor.guest(touched.person_id)
                answer_proposal(proposal=pilot, invitation=touched, answer=ProposalView.AGREED, by=by)
        with stage.at(14, 10):
            wouter = invitation_of(self.session, "Wouter Aalbers")
            text = "Bij mica staat 3,5. Ik had 3,4 genoteerd. Kan dat worden nagekeken?"
            correction = report.report_correction(report=self.report, invitation=wouter, text=text)
        with stage.at(15, 9):
            answer = "Nagekeken met Simone: de som is 70 bij 20 mensen, dus 3,5. Het verslag klopt."
            report.answer_correction(correction=correction, answer=answer, by=self.by)
        with stage.at(18, 11):
            note = "De vragenlijst staat op de site van Bank De Dijk, bij duurzaam lenen."
            bank = self._commitment(4)
            complete_commitment(commitment=bank, done_on=stage.day(18), note=note, by=self.by)
        with stage.at(21, 9):
            stage.work(self.session)
        with stage.at(21, 10):
            carry_out_proposal(proposal=pilot, by=self.by)
            self.translate(english.AFTERWARDS, "en")
            stage.work(self.session)

    def _commitment(self, number: int) -> Commitment:
        return self.session.commitments.get(number=number)
