"""Writes and verifies the trail."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditCounter, AuditEvent
from dialoog.kernel.workspaces.models import Workspace


@transaction.atomic
def record(
    verb: str,
    *,
    on: models.Model,
    by: Actor,
    workspace: Workspace | int,
    data: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Add one event to the workspace's chain, inside the caller's transaction.

    Call it last in an action: from here to the commit the workspace's counter row is held. `data` must be
    JSON of ids and codes; names and answers do not belong here.
    """
    workspace_id = workspace if isinstance(workspace, int) else workspace.pk
    AuditCounter.objects.get_or_create(workspace_id=workspace_id)
    AuditCounter.objects.filter(workspace_id=workspace_id).update(last=F("last") + 1)
    counter = AuditCounter.objects.get(workspace_id=workspace_id)
    event = AuditEvent(
        workspace_id=workspace_id,
        number=counter.last,
        at=clock.now(),
        verb=verb,
        actor_kind=by.kind,
        actor_id=by.reference,
        target_type=ContentType.objects.get_for_model(on),
        target_id=on.pk,
        data=dict(data or {}),
    )
    event.digest = digest_of(event, counter.head)
    event.save(force_insert=True)
    AuditCounter.objects.filter(workspace_id=workspace_id).update(head=event.digest)
    return event


def digest_of(event: AuditEvent, previous: str) -> str:
    """SHA-256 over the previous digest and the event's canonical JSON."""
    at: datetime = event.at.astimezone(UTC)
    content = [
        previous,
        event.workspace_id,
        event.number,
        at.isoformat(timespec="microseconds"),
        event.verb,
        event.actor_kind,
        event.actor_id,
        event.target_type.model,
        event.target_id,
        event.data,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_break(workspace: Workspace) -> int | None:
    """The number of the first event that does not fit the chain; None when the whole trail holds."""
    previous, expected = "0" * 64, 1
    events = AuditEvent.objects.filter(workspace=workspace).select_related("target_type").order_by("number")
    for event in events.iterator(chunk_size=500):
        if event.number != expected or event.digest != digest_of(event, previous):
            return expected
        previous, expected = event.digest, expected + 1
    counter = AuditCounter.objects.filter(workspace=workspace).first()
    last = counter.last if counter else 0
    return None if last == expected - 1 else expected
