"""The demo workspace: loaded whole or not at all, and taken away whole."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditCounter, AuditEvent
from dialoog.kernel.errors import DomainError
from dialoog.kernel.members.actions import open_workspace, put_in
from dialoog.kernel.outbox.models import MailBody, OutgoingMail
from dialoog.kernel.workspaces.actions import make_user
from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.kernel.workspaces.policy import Role
from dialoog.portal.demo.rajasthan.people import MARLEEN
from dialoog.portal.demo.rajasthan.story import ZONE, Rajasthan
from dialoog.portal.demo.stage import Stage, last_weekday, next_weekday
from dialoog.portal.demo.survey import LISA, SurveyTalk
from dialoog.portal.demo.the_hague.people import EVA, GERARD, TIM
from dialoog.portal.demo.the_hague.story import TheHague
from feedback.models import Correction, Participation, Questionnaire, Report, ReportFile
from sessions.models import (
    Briefing,
    BriefingCopy,
    Commitment,
    Contribution,
    Dialogue,
    Invitation,
    Question,
    SessionGroup,
    Wish,
)
from stakeholders.models import Organisation, Person, StakeholderGroup

NAME = "Branchevereniging Woon & Tafel"
HOME = "Europe/Amsterdam"
TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3
_WORKSPACE_OF: list[tuple[type[models.Model], str]] = [
    # what is protected stands before what protects it
    (Correction, "report__session__dialogue__workspace"),
    (ReportFile, "report__session__dialogue__workspace"),
    (Report, "session__dialogue__workspace"),
    (Participation, "questionnaire__session__dialogue__workspace"),
    (Questionnaire, "session__dialogue__workspace"),
    (BriefingCopy, "briefing__session__dialogue__workspace"),
    (Briefing, "session__dialogue__workspace"),
    (Contribution, "session__dialogue__workspace"),
    (Commitment, "session__dialogue__workspace"),
    (Question, "session__dialogue__workspace"),
    (Wish, "session__dialogue__workspace"),
    (SessionGroup, "session__dialogue__workspace"),
]


def load_demo(*, owner: User) -> Workspace:
    """Load the three meetings beside `owner`'s own workspace. Refused with real mail, and a second time.

    In one transaction: a load that breaks off leaves nothing, and no worker sees it half.
    """
    refuse_unless_embedded()
    if Workspace.objects.filter(is_demo=True).exists():
        raise DomainError(_("The demo has been loaded already."))
    with transaction.atomic():
        return _load(owner)


@transaction.atomic
def remove_demo() -> bool:
    """Take the demo away with everything in it; says whether there was one. Refused with real mail."""
    refuse_unless_embedded()
    workspaces = list(Workspace.objects.filter(is_demo=True))
    for workspace in workspaces:
        _remove(workspace)
    return bool(workspaces)


def refuse_unless_embedded() -> None:
    if not settings.EMBEDDED:
        raise DomainError(
            _("The demo is for one's own machine. This Dialoog sends real mail (EMAIL_URL is set).")
        )


def _load(owner: User) -> Workspace:
    today = clock.today(HOME)
    hague = Stage(last_weekday(today - timedelta(days=22), WEDNESDAY), HOME)
    rajasthan = Stage(next_weekday(today + timedelta(days=7), TUESDAY), ZONE)
    survey = Stage(next_weekday(today + timedelta(days=34), THURSDAY), HOME)
    with hague.at(-80, 9):
        workspace = open_workspace(name=NAME, owner=owner, language="nl", is_demo=True, by=Actor.system())
        eva, tim, marleen, lisa = (_colleague(workspace, *each) for each in (EVA, TIM, MARLEEN, LISA))
        _colleague(workspace, *GERARD[:2], role=Role.READER)
    TheHague(workspace, hague, eva, tim).play()
    Rajasthan(workspace, rajasthan, marleen).play()
    SurveyTalk(workspace, survey, lisa, typist=owner).play()
    return workspace


def _colleague(
    workspace: Workspace, email: str, name: str, phone: str = "", *, role: Role = Role.ORGANISER
) -> User:
    user = make_user(email=email, name=name, phone=phone, language="nl")
    put_in(workspace=workspace, user=user, role=role, by=Actor.system())
    return user


def _remove(workspace: Workspace) -> None:
    for model, path in _WORKSPACE_OF:
        model._default_manager.filter(**{path: workspace}).delete()
    invitations = Invitation.objects.filter(session__dialogue__workspace=workspace)
    invitations.filter(replaces__isnull=False).delete()
    invitations.delete()
    Dialogue.objects.filter(workspace=workspace).delete()
    OutgoingMail.objects.filter(workspace=workspace).delete()
    MailBody.objects.filter(workspace=workspace).delete()
    people = Person.objects.filter(workspace=workspace)
    people.filter(intermediary__isnull=False).delete()
    people.delete()
    Organisation.objects.filter(workspace=workspace).delete()
    StakeholderGroup.objects.filter(workspace=workspace).delete()
    AuditEvent.objects.filter(workspace=workspace).delete()
    AuditCounter.objects.filter(workspace=workspace).delete()
    workspace.delete()
