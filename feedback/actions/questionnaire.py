"""The life of a questionnaire: prepared, opened with its clusters fixed, closed once, counted once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from feedback.engine.clusters import Party, propose_clusters
from feedback.items import ASKED
from feedback.models import Moment, Questionnaire
from feedback.people import asked_people
from sessions.models import DialogueSession, Invitation, ReportingCluster, SessionGroup, Status
from sessions.reading import FALLBACK
from sessions.telling import Said
from stakeholders.models import StakeholderGroup

OPEN_DAYS = 7


def opening_of(session: DialogueSession) -> datetime:
    """The day after the meeting, nine o'clock where it was held. The session must have an end."""
    zone = ZoneInfo(session.timezone)
    assert session.ends_at is not None
    day = session.ends_at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(9), zone)


def closing_of(opens_at: datetime, zone: str) -> datetime:
    """The end of the seventh day after opening."""
    day = opens_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=OPEN_DAYS)
    return datetime.combine(day, time(23, 59), ZoneInfo(zone))


def prepare_questionnaire(*, session: DialogueSession) -> Questionnaire:
    """The questionnaire of this session, made when there is none; until opening it follows the meeting."""
    opens_at = opening_of(session)
    dates = {"opens_at": opens_at, "closes_at": closing_of(opens_at, session.timezone)}
    questionnaire, is_new = Questionnaire.objects.get_or_create(
        session=session, moment=Moment.AFTER, defaults={**dates, "items": ASKED}
    )
    if not is_new and not questionnaire.is_opened and questionnaire.opens_at != opens_at:
        Questionnaire.objects.filter(pk=questionnaire.pk, opened_at=None).update(**dates)
        questionnaire.refresh_from_db()
    return questionnaire


@transaction.atomic
def save_questionnaire(
    *,
    questionnaire: Questionnaire,
    fields: Mapping[str, Any],
    clusters: Sequence[tuple[str, Sequence[int]]] | None,
    by: Actor,
) -> None:
    """Save whom people may talk to instead and, before opening only, the clusters: (name, ids of groups)."""
    names = ("talk_to", "talk_to_phone", "talk_to_why")
    values = {name: fields[name] for name in names if name in fields}
    Questionnaire.objects.filter(pk=questionnaire.pk).update(**values)
    if clusters is not None:
        _refuse_when_opened(questionnaire)
        _write_clusters(questionnaire.session, clusters)
    record("questionnaire_saved", on=questionnaire, by=by, workspace=questionnaire.session.workspace)


@transaction.atomic
def open_questionnaire(*, questionnaire: Questionnaire, by: Actor) -> Questionnaire:
    """Let people answer from now on: fixes who is asked, in which cluster, and until when.

    Refused before the meeting has ended, when nobody took part, and a second time.
    """
    session = questionnaire.session
    if session.status not in {Status.HELD, Status.REPORTED} or not session.has_ended:
        raise DomainError(_("People can say how it was once the meeting is over."))
    people = list(asked_people(session))
    if not people:
        raise DomainError(_("Nobody is known to have taken part. Record first who was there."))
    now = clock.now()
    opened = Questionnaire.objects.filter(pk=questionnaire.pk, opened_at=None).update(
        opened_at=now, opens_at=now, closes_at=closing_of(now, session.timezone), asked=len(people)
    )
    if not opened:
        raise DomainError(_("These questions were opened already."))
    if not session.clusters.exists():
        _write_clusters(session, proposed_clusters(session))
    _give_clusters(session, people)
    questionnaire.refresh_from_db()
    record(
        "questionnaire_opened",
        on=questionnaire,
        by=by,
        workspace=session.workspace,
        data={"asked": len(people)},
    )
    return questionnaire


@transaction.atomic
def close_questionnaire(*, questionnaire: Questionnaire, by: Actor) -> Questionnaire:
    """Take no more answers, for good. Results follow when they are counted (`answers.count_answers`)."""
    rows = Questionnaire.objects.filter(pk=questionnaire.pk, opened_at__isnull=False, closed_at=None)
    if not rows.update(closed_at=clock.now()):
        raise DomainError(_("These questions are closed already, or were never opened."))
    questionnaire.refresh_from_db()
    record("questionnaire_closed", on=questionnaire, by=by, workspace=questionnaire.session.workspace)
    return questionnaire


def proposed_clusters(session: DialogueSession) -> list[tuple[str, list[int]]]:
    """Clusters as they would be fixed now: (name "", ids of groups). See engine/clusters.py."""
    counts: dict[int, int] = {}
    groups: dict[int, StakeholderGroup] = {}
    for invitation in asked_people(session):
        group = invitation.group
        if group is not None:
            groups[group.pk] = group
            counts[group.pk] = counts.get(group.pk, 0) + 1
    ordered = sorted(groups.values(), key=lambda group: (group.position, group.pk))
    parties = [Party(group.pk, group.cluster, counts[group.pk]) for group in ordered]
    return [("", list(keys)) for keys in propose_clusters(parties)]


def cluster_labels(session: DialogueSession) -> dict[int, str]:
    """Per cluster its own name, or else the names of its groups, in the reader's language."""
    clusters = session.clusters.prefetch_related("groups__group").order_by("position")
    said = Said(session, get_language() or FALLBACK)
    return {cluster.pk: str(said(cluster.name)) or _group_names(cluster) for cluster in clusters}


def cluster_shapes(session: DialogueSession) -> dict[int, list[str]]:
    """Per cluster the shapes of its groups."""
    clusters = session.clusters.prefetch_related("groups__group").order_by("position")
    return {
        cluster.pk: [row.group.shape for row in sorted(cluster.groups.all(), key=_place)]
        for cluster in clusters
    }


def _group_names(cluster: ReportingCluster) -> str:
    labels = [row.group.label for row in sorted(cluster.groups.all(), key=_place)]
    words = labels[:1] + [_small(label) for label in labels[1:]]
    if len(words) < 2:
        return "".join(words)
    return capfirst(_("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]})


def _small(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _place(row: SessionGroup) -> tuple[int, int]:
    return row.group.position, row.group_id


def _write_clusters(session: DialogueSession, clusters: Sequence[tuple[str, Sequence[int]]]) -> None:
    session.groups.update(cluster=None)
    session.clusters.all().delete()
    for position, (name, group_ids) in enumerate(clusters):
        cluster = ReportingCluster.objects.create(session=session, name=name[:120], position=position)
        for group_id in group_ids:
            SessionGroup.objects.update_or_create(
                session=session, group_id=group_id, defaults={"cluster": cluster}
            )


def _give_clusters(session: DialogueSession, people: Sequence[Invitation]) -> None:
    by_group = dict(session.groups.exclude(cluster=None).values_list("group_id", "cluster_id"))
    for group_id, cluster_id in by_group.items():
        session.invitations.filter(group_id=group_id).update(cluster_id=cluster_id)


def _refuse_when_opened(questionnaire: Questionnaire) -> None:
    if questionnaire.is_opened:
        raise DomainError(_("People are answering already; the groups for the results are fixed."))
