"""The address of every page of a workspace about rows that exist: what the walks of all pages walk."""

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.files import store
from dialoog.kernel.members.actions import invite_member
from dialoog.kernel.outbox.post import Attachment, Envelope, keep_body, post
from dialoog.kernel.workspaces.models import User
from dialoog.kernel.workspaces.policy import Role
from dialoog.portal.session_page.checks import WholeFacts, findings
from dialoog.testing.everything import Everything
from dialoog.testing.factories import invite, make_person
from sessions.models import BriefingKind
from stakeholders.actions.access import give_access
from stakeholders.actions.groups import add_group
from stakeholders.actions.importing import keep_draft
from stakeholders.importing.pasted import read_pasted
from stakeholders.models import Channel

LIST = "Name\tE-mail\tOrganisation\nFemke Haverkamp\tfemke@haverkamp.nl\tHaverkamp\nAhmed\t\tYilmaz"


def pages_of(every: Everything, by: User) -> dict[str, str]:
    """Every page by its name, with what is special about it behind a space where a name has several.

    Adds the rows that lists need to have any: a letter, two calls, a list being read, a mail with a file.
    """
    return {**every.addresses, **_of_workspace(every, by), **_of_sessions(every), **_of_held(every)}


def _of_workspace(every: Everything, by: User) -> dict[str, str]:
    workspace, person = every.workspace, every.person
    group = add_group(workspace=workspace, name="Neighbours", by=Actor.user(by))
    double = make_person(workspace=workspace, name=person.name)
    draft = keep_draft(workspace=workspace, user=by, table=read_pasted(LIST))
    asked = invite_member(workspace=workspace, email="sam@example.org", role=Role.READER, by=by)
    facilitator = workspace.memberships.filter(role=Role.FACILITATOR).first()
    give_access(person=person, by=Actor.user(by))
    body = keep_body(
        workspace=workspace,
        kind="test",
        language="en",
        subject="The information pack",
        html="<p>Dear guest</p>",
        text="Dear guest",
        attachments=[Attachment(store.keep(b"One file.", "text/plain"), "file.txt")],
    )
    mail = post(
        workspace=workspace,
        envelope=Envelope(key="whole", body=body, to_email="a@b.example", link_ref="link:1:1"),
    ).pk
    mine = (facilitator or workspace.memberships.get(user=by)).pk
    pages: dict[str, list[object]] = {
        "portal:home": [],
        "portal:facilitator_meetings": [mine],
        "portal:person_erase": [person.pk],
        "portal:double_list": [],
        "portal:person_double": [person.pk],
        "portal:person_merge": [person.pk, double.pk],
        "outbox:mail_list": [],
        "outbox:queue_resume": [],
        **{f"outbox:mail_{name}": [mail] for name in ("detail", "retry", "text", "view", "follow")},
        "outbox:mail_attachment": [mail, 0],
        "sessions:session_list": [],
        "sessions:session_new": [],
        "sessions:commitment_list": [],
        "stakeholders:person_list": [],
        "stakeholders:person_export": [],
        "stakeholders:person_languages": [],
        "stakeholders:person_import_preview": [draft.pk],
        **{f"stakeholders:person_{name}": [person.pk] for name in ("detail", "archive", "link")},
        "stakeholders:organisation_list": [],
        "stakeholders:organisation_detail": [person.organisation_id],
        "stakeholders:organisation_new": [],
        "stakeholders:group_list": [],
        "stakeholders:group_edit": [group.pk],
        "stakeholders:group_retire": [group.pk],
        "workspaces:invitation_change": [asked.pk],
        "workspaces:member_change": [workspace.memberships.get(user=by).pk],
    }
    return {name: workspace.url(name, *arguments) for name, arguments in pages.items()}


def _of_sessions(every: Everything) -> dict[str, str]:
    workspace, sent, draft = every.workspace, every.sent, every.draft
    by_letter = make_person(
        workspace=workspace,
        channel=Channel.LETTER,
        street="Dorpsstraat 1",
        postcode="6711 AB",
        city="Ede",
    )
    by_phone = make_person(workspace=workspace, channel=Channel.PHONE, phone="070 555 01 09")
    invite(session=sent, person=by_letter)
    invite(session=sent, person=by_phone)
    invite(session=sent, call_first=True)
    row, part = every.invitation.pk, sent.agenda.get().pk
    group, briefing = sent.groups.first(), sent.briefings.get()
    assert group is not None
    about_sent: dict[str, list[object]] = {
        **{f"portal:{name}": [] for name in ("session_detail", "translation_keep")},
        **{f"sessions:{name}_list": [] for name in ("answer", "question", "wish", "letter", "phone")},
        **{f"sessions:{name}": [] for name in ("answer_export", "change_choose", "agenda_start")},
        **{
            f"sessions:{name}": []
            for name in ("calendar_download", "letter_print", "contributions_take_over")
        },
        **{f"sessions:{name}": [row] for name in ("answer_called", "invitation_withdraw")},
        **{f"sessions:pack_{name}": [] for name in ("look", "send", "to_myself")},
        "sessions:pack_mail_preview": [group.pk],
        "sessions:briefing_preview": [BriefingKind.INVITATION],
        "sessions:briefing_take_back": [briefing.pk],
        "sessions:agenda_item_delete": [part],
    }
    point = findings(WholeFacts.whole(draft)).shown[0].id
    own = draft.groups.get().pk
    about_draft: dict[str, list[object]] = {
        **{f"portal:finding_{name}": [point] for name in ("detail", "later", "aside", "return")},
        "sessions:decision_preview": [],
        "sessions:meeting_preview": [],
        "sessions:promise_preview": [],
        "sessions:send_preview": [],
        "sessions:pack_send_preview": [],
        "sessions:mail_preview": [own],
        "sessions:draft_keep": ["meeting"],
        "sessions:session_take_over": [],
        "sessions:session_delete": [],
    }
    found = {name: workspace.url(name, sent.pk, *rest) for name, rest in about_sent.items()}
    return found | {name: workspace.url(name, draft.pk, *rest) for name, rest in about_draft.items()}


def _of_held(every: Everything) -> dict[str, str]:
    pages: dict[str, list[object]] = {
        "portal:session_detail held": [],
        "sessions:meeting_detail": [],
        **{f"feedback:{name}": [] for name in ("results", "questionnaire_open", "questionnaire_close")},
        **{f"feedback:report_{name}": [] for name in ("detail", "take_back", "letter_list")},
        "feedback:report_pdf": [1],
    }
    space, held = every.workspace, every.held.pk
    return {name: space.url(name.partition(" ")[0], held, *rest) for name, rest in pages.items()}
