"""The database itself refuses what must never be: each named constraint with a row that breaks it."""

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, F, UniqueConstraint

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.files import store
from dialoog.kernel.outbox.models import QueueState
from dialoog.kernel.outbox.post import Attachment, Envelope, keep_body, post
from dialoog.kernel.workspaces.models import MemberInvitation, User, Workspace
from dialoog.kernel.workspaces.policy import Role
from dialoog.testing.factories import (
    ask,
    invite,
    make_agenda_item,
    make_commitment,
    make_organisation,
    make_outcome,
    make_person,
    make_proposal,
    make_sent_session,
    make_wish,
)
from feedback.models import Correction, Participation, Questionnaire, Remark, Report, ReportCopy, ReportFile
from sessions.models import (
    BriefingChange,
    BriefingCopy,
    BriefingFile,
    Contribution,
    DateOption,
    DecisionProcedure,
    Endorsement,
    PlannedMail,
    ReportingCluster,
    SessionAssignment,
    SessionDraft,
    SessionText,
    SetAside,
)
from stakeholders.actions.access import give_access
from stakeholders.models import StakeholderGroup

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

OURS = ("dialoog.", "stakeholders.", "sessions.", "feedback.")
NOW = clock.now()
LATER = NOW + timedelta(days=1)
FROZEN: dict[str, Any] = {"content": {}, "digest": "d"}

# constraint → what makes a good row break it
CHECKS: dict[str, dict[str, Any]] = {
    # workspaces
    "user_language_known": {"language": "xx"},
    "workspace_language_known": {"language": "xx"},
    "workspace_country_known": {"country": "ZZ"},
    "workspace_has_name": {"name": ""},
    "membership_role_known": {"role": "x"},
    "member_invitation_role_known": {"role": "x"},
    # outbox
    "mail_status_known": {"status": "x"},
    "mail_error_known": {"error": "x"},
    "mail_sent_has_moment": {"status": "sent", "sent_at": None},
    "mail_on_its_way_has_lease": {"status": "claimed", "lease": ""},
    "mail_useful_when_due": {"useless_after": F("due_at") - timedelta(hours=1)},
    "queue_state_one_row": {"id": 2},
    # stakeholders
    "group_key_known": {"key": "x"},
    "group_cluster_known": {"cluster": "x"},
    "group_shape_known": {"shape": "x"},
    "group_key_or_name": {"name": "Both a key and a name"},
    "organisation_has_name": {"name": ""},
    "person_has_name": {"name": ""},
    "person_has_language": {"language": ""},
    "person_guess_has_group": {"group": None, "group_guessed": True},
    "organisation_guess_has_group": {"group": None, "group_guessed": True},
    "person_merged_is_gone": {"merged_into": F("id") + 1, "erased_at": None},
    "person_not_merged_into_self": {"merged_into": F("id"), "erased_at": NOW},
    "group_seeded_stays": {"retired_at": NOW},
    "person_channel_known": {"channel": "pigeon"},
    "person_mode_known": {"participation_mode": "x"},
    "person_mandate_known": {"mandate": "x"},
    "person_basis_known": {"representation_basis": "x"},
    "person_knowledge_known": {"knowledge": "x"},
    "person_mail_has_address": {"email": ""},
    "person_unusable_email_without_email": {"unusable_email": "björn@example.org"},
    "person_letter_has_address": {"channel": "letter", "street": "Noordeinde 1", "city": ""},
    "person_intermediary_iff_channel": {"channel": "intermediary"},
    "person_not_own_intermediary": {"channel": "intermediary", "intermediary": F("id")},
    "link_generation_counts": {"generation": 0},
    "link_ends_after_start": {"expires_at": F("created_at")},
    # sessions
    "session_ends_after_start": {"ends_at": F("starts_at")},
    "session_has_both_times": {"ends_at": None},
    "session_sent_with_promise": {"goal": ""},
    "session_status_known": {"status": "x"},
    "session_influence_known": {"influence": "x"},
    "session_decides_known": {"decides": "x"},
    "session_date_mode_known": {"date_mode": "x"},
    "session_place_mode_known": {"place_mode": "x"},
    "session_confidentiality_known": {"confidentiality": "x"},
    "session_history_known": {"history": "x"},
    "date_option_ends_after_start": {"ends_at": F("starts_at")},
    "session_text_not_empty": {"text": ""},
    "session_text_key_iff_many": {"key": "7"},
    "session_text_owner_known": {"owner": "x", "key": "7"},
    "session_group_absence_known": {"absence": "x"},
    "session_group_influence_known": {"influence": "x"},
    "session_group_absence_has_reason": {"absence": "not_needed", "absence_reason": ""},
    "invitation_answered_at_iff_answer": {"answer": "yes", "answered_at": None},
    "invitation_knowledge_0_to_3": {"knowledge": 4},
    "invitation_answer_known": {"answer": "x", "answered_at": NOW},
    "invitation_clear_known": {"clear": "x"},
    "invitation_via_known": {"via": "x"},
    "invitation_mandate_known": {"mandate": "x"},
    "invitation_rules_answer_known": {"rules_answer": "x"},
    "invitation_attendance_known": {"attendance": "x"},
    "question_not_empty": {"text": ""},
    "question_answered_at_iff_answer": {"answer": "Yes", "answered_at": None},
    "agenda_minutes_sensible": {"minutes": 0},
    "agenda_title_not_empty": {"title": ""},
    "agenda_day_from_one": {"day": 0},
    "agenda_form_known": {"form": "x"},
    "wish_not_empty": {"text": ""},
    "wish_kind_known": {"kind": "x"},
    "briefing_kind_known": {"kind": "x"},
    "briefing_status_known": {"status": "x"},
    "briefing_copy_clear_known": {"clear": "x", "clear_at": NOW},
    "briefing_copy_receipt_has_time": {"clear": "yes", "clear_at": None},
    "briefing_change_size_known": {"size": "x"},
    "endorsement_answered_at_iff_answer": {"agreed": True, "answered_at": None},
    "outcome_not_empty": {"text": ""},
    "outcome_kind_known": {"kind": "x"},
    "contribution_not_empty": {"text": ""},
    "contribution_response_known": {"response": "x"},
    "contribution_not_adopted_has_reason": {"response": "not", "reason": ""},
    "commitment_status_known": {"status": "x"},
    "commitment_done_has_date": {"status": "done", "done_on": None},
    "commitment_has_owner_and_text": {"owner_name": ""},
    "commitment_told_is_published": {"told_in": 1, "published_at": None},
    "proposal_kind_known": {"kind": "x"},
    "proposal_state_known": {"state": "x", "settled_at": NOW},
    "proposal_has_reason": {"reason": ""},
    "proposal_says_what": {"new_due_on": None},
    "proposal_settled_iff_not_open": {"settled_at": NOW},
    "proposal_answer_known": {"answer": "x", "answered_at": NOW, "via": "page"},
    "proposal_answer_via_known": {"answer": "agreed", "answered_at": NOW, "via": "x"},
    "proposal_answered_iff_answer": {"answered_at": NOW},
    "question_told_when_wanted": {"told_at": NOW},
    "procedure_method_known": {"method": "x"},
    "procedure_fallback_known": {"fallback": "x"},
    "procedure_tie_rule_known": {"tie_rule": "x"},
    "procedure_later_has_date": {"method": "later", "rules_on": None},
    "set_aside_date_or_reason": {"until": None, "reason": ""},
    # feedback
    "questionnaire_moment_known": {"moment": "x"},
    "questionnaire_closes_after_opening": {"closes_at": F("opens_at")},
    "questionnaire_closed_was_open": {"opened_at": None, "closed_at": NOW},
    "questionnaire_results_after_closing": {"results": {"TR1": 5}, "closed_at": None},
    "remark_not_empty": {"text": ""},
    "remark_state_known": {"state": "x"},
    "remark_quoted_with_permission": {"state": "quoted", "may_quote": False},
    "report_status_known": {"status": "x", **FROZEN},
    "report_as_announced_known": {"as_announced": "x"},
    "report_frozen_before_sending": {"status": "planned"},
    "report_sent_has_moment": {"status": "sent", "sent_at": None, **FROZEN},
    "report_correction_says_what_changed": {"status": "planned", "version": 2, "changed": "", **FROZEN},
    "correction_not_empty": {"text": ""},
    "correction_handled_with_answer": {"answer": "Mended", "handled_at": None},
}
# constraint → (how the row is made ready, in what its twin differs and is still refused)
TWINS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "user_email_once": ({}, {"email": "ANNA@EXAMPLE.ORG"}),
    "membership_once": ({}, {}),
    "member_invitation_open_once": ({}, {"digest": None, "email": "NEW@example.org"}),
    "audit_number_once": ({}, {}),
    "mail_body_once": ({}, {}),
    "body_file_position_once": ({}, {"filename": "other.pdf"}),
    "mail_key_once": ({}, {"message_id": "<other@example.org>"}),
    "group_key_once": ({}, {}),
    "group_name_once": ({"key": "", "name": "Bees"}, {"name": "BEES"}),
    "organisation_name_once": ({"name": "Haverkamp"}, {"name": "HAVERKAMP"}),
    "person_email_once": ({"email": "daan@example.org"}, {"email": "DAAN@example.org"}),
    "link_standing_once": ({}, {"digest": None, "generation": 2}),
    "link_generation_once": ({}, {"digest": None, "revoked_at": NOW}),
    "date_option_once": ({}, {}),
    "assignment_once": ({}, {}),
    "draft_once": ({}, {}),
    "session_text_once": ({}, {"text": "Other words"}),
    "cluster_position_once": ({}, {"name": "Other"}),
    "session_group_once": ({}, {}),
    "invitation_once": ({}, {}),
    "agenda_position_once": ({}, {"title": "Other"}),
    "wish_once_per_person_and_kind": ({}, {"text": "Other"}),
    "briefing_version_once": ({"status": "sent"}, {}),
    "briefing_planned_once": ({"status": "planned"}, {"version": 2}),
    "briefing_file_once": ({}, {}),
    "briefing_copy_once": ({}, {}),
    "commitment_number_once": ({}, {"text": "Other"}),
    "proposal_one_open": ({}, {"reason": "Other"}),
    "proposal_answer_once": ({}, {}),
    "set_aside_once": ({}, {}),
    "planned_mail_once": ({}, {}),
    "questionnaire_once": ({}, {}),
    "participation_once": ({}, {}),
    "report_version_once": ({"status": "sent", "sent_at": NOW, **FROZEN}, {}),
    "report_one_in_the_making": ({}, {"version": 2}),
    "report_file_once": ({}, {}),
    "report_copy_once": ({}, {}),
}


def ours() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    for model in apps.get_models():
        if f"{model.__module__}.".startswith(OURS):
            for constraint in model._meta.constraints:
                yield model, constraint


MODEL_OF = {constraint.name: model for model, constraint in ours()}


def test_no_constraint_is_forgotten():
    checks = {each.name for _model, each in ours() if isinstance(each, CheckConstraint)}
    twins = {each.name for _model, each in ours() if isinstance(each, UniqueConstraint)}

    assert checks == set(CHECKS)
    assert twins == set(TWINS)


@pytest.fixture
def rows(workspace: Workspace, anna: User) -> dict[type[models.Model], models.Model]:
    """One good row of every model that has a rule."""
    session = make_sent_session(workspace=workspace)
    person = make_person(workspace=workspace, organisation=make_organisation(workspace=workspace))
    row = invite(session=session, person=person)
    file = store.keep(b"%PDF", "application/pdf")
    words = {"kind": "test", "language": "en", "subject": "s", "html": "h", "text": "t"}
    body = keep_body(workspace=workspace, attachments=[Attachment(file, "a.pdf")], **words)
    briefing = session.briefings.get()
    questionnaire = Questionnaire.objects.create(session=session, opens_at=NOW, closes_at=LATER)
    report = Report.objects.create(session=session, version=1)
    link = give_access(person=person, by=Actor.system())
    made = [
        anna,
        workspace,
        workspace.memberships.get(),
        MemberInvitation.objects.create(
            workspace=workspace, email="new@example.org", role=Role.READER, expires_at=LATER
        ),
        record("tested", on=workspace, by=Actor.system(), workspace=workspace),
        body,
        body.attachments.get(),
        post(workspace=workspace, envelope=Envelope(key="k", body=body, to_email="a@example.org")),
        QueueState.objects.get_or_create(pk=QueueState.ONLY)[0],
        StakeholderGroup.objects.exclude(pk=row.group_id).first(),
        person.organisation,
        person,
        link,
        session,
        DateOption.objects.create(session=session, starts_at=NOW, ends_at=LATER),
        SessionAssignment.objects.create(session=session, user=anna),
        SessionDraft.objects.create(
            session=session, user=anna, screen="promise", base_version=1, saved_at=NOW
        ),
        SessionText.objects.create(
            session=session, field="goal", language="nl", text="doel", source_digest="d"
        ),
        ReportingCluster.objects.create(session=session, name="All", position=0),
        session.groups.get(),
        row,
        ask(invitation=row),
        make_agenda_item(session=session),
        make_wish(session=session, invitation=row),
        briefing,
        BriefingFile.objects.create(briefing=briefing, content_key="a", language="en", pdf=file),
        BriefingCopy.objects.create(
            briefing=briefing, invitation=row, language="en", channel="mail", influence="consult"
        ),
        BriefingChange.objects.create(session=session, field="goal", size="typo", made_at=NOW),
        Endorsement.objects.create(
            session=session, name="Board", email="b@example.org", promise_digest="d", asked_at=NOW
        ),
        make_outcome(session=session),
        Contribution.objects.create(session=session, text="Less overtime"),
        make_commitment(session=session),
        proposal := make_proposal(commitment=session.commitments.get()),
        proposal.answers.get(),
        DecisionProcedure.objects.create(session=session, method="vote"),
        SetAside.objects.create(session=session, check_id="T2", until=LATER.date(), at=NOW),
        PlannedMail.objects.create(session=session, kind="pack", due_at=NOW, late_after=LATER),
        questionnaire,
        Participation.objects.create(questionnaire=questionnaire, invitation=row),
        Remark.objects.create(questionnaire=questionnaire, text="Well led"),
        report,
        ReportFile.objects.create(report=report, language="en", pdf=file),
        ReportCopy.objects.create(report=report, invitation=row, language="en", channel="mail"),
        Correction.objects.create(report=report, invitation=row, text="Not so", said_at=NOW),
    ]
    return {type(each): each for each in made if each is not None}


@pytest.mark.parametrize("name", CHECKS)
def test_database_refuses_a_row_that_breaks_the_rule(rows, name):
    model = MODEL_OF[name]

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model._default_manager.filter(pk=rows[model].pk).update(**CHECKS[name])

    assert name in str(refused.value)


@pytest.mark.parametrize("name", TWINS)
def test_database_refuses_a_second_row(rows, name):
    ready, different = TWINS[name]
    model = MODEL_OF[name]
    model._default_manager.filter(pk=rows[model].pk).update(**ready)
    twin = copy(model._default_manager.get(pk=rows[model].pk))
    twin.pk = model._meta.pk.get_default() if model._meta.pk.has_default() else None
    twin._state.adding = True
    for field, value in different.items():
        setattr(twin, field, value)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        twin.save(force_insert=True)

    # SQLite names the columns of a plain rule, and the rule only where it is about an expression
    said = str(refused.value)
    columns = [f"{model._meta.db_table}.{model._meta.get_field(f).column}" for f in fields_of(name)]
    plain = bool(columns) and connection.vendor == "sqlite"
    assert said == f"UNIQUE constraint failed: {', '.join(columns)}" if plain else name in said


def fields_of(name: str) -> tuple[str, ...]:
    constraint = next(each for _model, each in ours() if each.name == name)
    return tuple(getattr(constraint, "fields", ()))
