"""A workspace with one row of everything, and the address of every page about those rows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.post import Envelope, keep_body, post
from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.testing.factories import (
    ask,
    invite,
    make_agenda_item,
    make_commitment,
    make_organisation,
    make_outcome,
    make_person,
    make_promised_session,
    make_proposal,
    make_sent_session,
    make_wish,
)
from feedback.actions.questionnaire import prepare_questionnaire
from feedback.models import Correction, Report, ReportStatus
from feedback.telling import freeze
from sessions.actions.conclude import save_contribution
from sessions.actions.send import frozen
from sessions.models import (
    Attendance,
    BriefingKind,
    DateOption,
    Decides,
    DialogueSession,
    Influence,
    Invitation,
    Status,
)
from stakeholders.models import Person


@dataclass(frozen=True)
class Everything:
    """A draft, a meeting to which people were invited, one that was held; and what hangs on them."""

    workspace: Workspace
    draft: DialogueSession
    sent: DialogueSession
    held: DialogueSession
    person: Person
    invitation: Invitation
    addresses: dict[str, str]


def make_everything(*, workspace: Workspace, by: User) -> Everything:
    """`addresses` is keyed by the page's name, with the last argument behind a space where it has several."""
    draft = make_promised_session(workspace=workspace, decides=Decides.ADVICE)
    sent = make_sent_session(workspace=workspace)
    held = make_promised_session(workspace=workspace, days=-3, status=Status.HELD)
    organisation = make_organisation(workspace=workspace)
    sent.briefings.update(content=frozen(sent, BriefingKind.INVITATION))
    person = make_person(workspace=workspace, organisation=organisation, language="nl")
    invite(session=draft, person=person)
    draft.groups.update(influence=Influence.CONSULT)
    invitation = invite(session=sent, person=person)
    invite(session=held, person=person, attendance=Attendance.PRESENT, sent_at=clock.now())
    body = keep_body(workspace=workspace, kind="test", language="en", subject="s", html="h", text="t")
    rows: dict[str, Any] = {
        "mail": post(workspace=workspace, envelope=Envelope(key="k", body=body, to_email="a@b.example")),
        "question": ask(invitation=invitation),
        "wish": make_wish(session=sent, invitation=invitation),
        "part": make_agenda_item(session=sent),
        "date": DateOption.objects.create(
            session=sent, starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1)
        ),
        "outcome": make_outcome(session=held),
        "contribution": save_contribution(session=held, text="Less overtime", by=Actor.user(by)),
        "commitment": make_commitment(session=held),
    }
    rows["published"] = make_commitment(session=held, published_at=clock.now())
    rows["proposal"] = make_proposal(
        commitment=make_commitment(session=held, text="Pay sooner.", published_at=clock.now())
    )
    report = Report.objects.create(
        session=held,
        version=1,
        status=ReportStatus.SENT,
        content=freeze(Report(session=held, version=1), clock.today()),
        digest="0" * 64,
        sent_at=clock.now(),
    )
    Report.objects.create(session=held, version=2)
    save_contribution(session=held, text="More notice", by=Actor.user(by))
    rows["correction"] = Correction.objects.create(
        report=report, invitation=held.invitations.get(), text="Not so", said_at=clock.now()
    )
    prepare_questionnaire(session=held)
    return Everything(
        workspace=workspace,
        draft=draft,
        sent=sent,
        held=held,
        person=person,
        invitation=invitation,
        addresses={
            **_of_workspace(workspace, person, organisation.pk, rows),
            **_of_draft(workspace, draft),
            **_of_sent(workspace, sent, invitation, rows),
            **_of_held(workspace, held, rows),
        },
    )


def _of_workspace(
    workspace: Workspace, person: Person, organisation: int, rows: dict[str, Any]
) -> dict[str, str]:
    pages: dict[str, list[object]] = {
        "stakeholders:person_new": [],
        "stakeholders:person_import": [],
        "stakeholders:person_edit": [person.pk],
        "stakeholders:organisation_edit": [organisation],
        "stakeholders:group_new": [],
        "outbox:mail_bounced": [rows["mail"].pk],
        "workspaces:workspace_edit": [],
        "workspaces:member_list": [],
        "sessions:session_new_held": [],
    }
    return {name: workspace.url(name, *args) for name, args in pages.items()}


def _of_draft(workspace: Workspace, draft: DialogueSession) -> dict[str, str]:
    screens = ("meeting", "promise", "decision", "people", "table", "look", "send")
    pages = {f"sessions:invite_{name}": f"sessions:invite_{name}" for name in screens}
    pages |= {name: name for name in ("sessions:endorsement_ask", "sessions:briefing_to_myself")}
    return {key: workspace.url(name, draft.pk) for key, name in pages.items()}


def _of_sent(
    workspace: Workspace, sent: DialogueSession, invitation: Invitation, rows: dict[str, Any]
) -> dict[str, str]:
    pages: dict[str, list[object]] = {
        "sessions:answer_edit": [invitation.pk],
        "sessions:deputy_confirm": [invitation.pk],
        "sessions:invitee_new": [],
        "sessions:question_edit": [rows["question"].pk],
        "sessions:wish_edit": [rows["wish"].pk],
        "sessions:agenda_edit": [],
        "sessions:agenda_item_new": [],
        "sessions:agenda_item_edit": [rows["part"].pk],
        "sessions:agenda_item_move": [rows["part"].pk],
        "sessions:date_settle": [rows["date"].pk],
        "sessions:change_tell": [],
        "sessions:session_cancel": [],
        "portal:translation_edit": [],
    }
    found = {name: workspace.url(name, sent.pk, *args) for name, args in pages.items()}
    for size in ("typo", "programme", "promise"):
        found[f"sessions:change_edit {size}"] = workspace.url("sessions:change_edit", sent.pk, size)
    return found


def _of_held(workspace: Workspace, held: DialogueSession, rows: dict[str, Any]) -> dict[str, str]:
    pages: dict[str, list[object]] = {
        "sessions:attendance_save": [],
        "sessions:outcome_new": [],
        "sessions:outcome_edit": [rows["outcome"].pk],
        "sessions:outcome_move": [rows["outcome"].pk],
        "sessions:contribution_new": [],
        "sessions:contribution_edit": [rows["contribution"].pk],
        "sessions:contributions_merge": [],
        "sessions:commitment_new": [],
        "sessions:commitment_edit": [rows["commitment"].pk],
        "sessions:proposal_new": [rows["published"].pk],
        "sessions:proposal_answer": [rows["proposal"].pk],
        "sessions:proposal_settle": [rows["proposal"].pk],
        "feedback:questionnaire_save": [],
        "feedback:report_edit": [],
        "feedback:report_send": [],
        "feedback:report_trial": [],
        "feedback:report_letter_print": [],
        "feedback:correction_answer": [rows["correction"].pk],
    }
    return {name: workspace.url(name, held.pk, *args) for name, args in pages.items()}
