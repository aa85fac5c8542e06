"""Personal links: given, found, renewed, revoked (decisions.md 8)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.tokens import digest_of, make_token
from stakeholders.models import AccessLink, Person


def token_of(link: AccessLink) -> str:
    """The token of a link: computed whenever a mail or letter is made, never stored."""
    return make_token(link.reference)


def find_link(token: str) -> AccessLink | None:
    """The link behind a token, also when revoked or expired: the page explains which."""
    links = AccessLink.objects.select_related("person__workspace", "person__organisation")
    return links.filter(digest=digest_of(token)).first()


@transaction.atomic
def give_access(*, person: Person, by: Actor, expires_at: datetime | None = None) -> AccessLink:
    """The standing link of a person, made when there is none. Somebody behind an intermediary gets theirs."""
    owner = person.link_owner()
    standing = owner.links.standing().first()
    if standing is not None and not standing.has_expired():
        return standing
    if owner.is_archived:
        raise DomainError(_("This person is in the archive. Bring them back first."))
    if standing is not None:
        return renew_access(person=owner, by=by, expires_at=expires_at)
    return _give(owner, by, expires_at)


@transaction.atomic
def give_access_many(*, people: Iterable[Person], by: Actor) -> dict[int, AccessLink]:
    """For each person (by id) the link they are reached by, made where missing, in few queries.

    The people are of one workspace and read `with_group`; the archived among them are refused.
    """
    people = list(people)
    owners = {owner.pk: owner for owner in (person.link_owner() for person in people)}
    if any(owner.is_archived for owner in owners.values()):
        raise DomainError(_("This person is in the archive. Bring them back first."))
    now = clock.now()
    links = AccessLink.objects.filter(person__in=owners)
    standing = {link.person_id: link for link in links.working(now)}
    missing = [owner for pk, owner in owners.items() if pk not in standing]
    if missing:
        links.filter(person__in=missing).standing().update(revoked_at=now)
        standing |= {link.person_id: link for link in _make(missing, now)}
        workspace = missing[0].workspace
        ids = [owner.pk for owner in missing]
        record("link.given_many", on=workspace, by=by, workspace=workspace, data={"people": ids})
    return {person.pk: standing[person.link_owner().pk] for person in people}


@transaction.atomic
def revoke_access(*, person: Person, by: Actor) -> None:
    """Stop the link. Without a standing one nothing happens."""
    links = list(person.links.standing())
    if links and person.links.standing().update(revoked_at=clock.now()):
        record("link.revoked", on=person, by=by, workspace=person.workspace_id, data={"link": links[0].pk})


@transaction.atomic
def renew_access(*, person: Person, by: Actor, expires_at: datetime | None = None) -> AccessLink:
    """Stop the link and give the next generation; the old one is still found, so that its page explains."""
    if person.link_owner() != person:
        raise DomainError(_("This person is reached through somebody else, who holds the link."))
    if person.is_archived:
        raise DomainError(_("This person is in the archive. Bring them back first."))
    revoke_access(person=person, by=by)
    return _give(person, by, expires_at)


def _give(owner: Person, by: Actor, expires_at: datetime | None) -> AccessLink:
    (link,) = _make([owner], clock.now(), expires_at)
    record("link.given", on=owner, by=by, workspace=owner.workspace_id, data={"link": link.pk})
    return link


def _make(owners: list[Person], now: datetime, expires_at: datetime | None = None) -> list[AccessLink]:
    """New links in two steps: the token follows from the id, which the database gives."""
    given = AccessLink.objects.filter(person__in=owners).values("person").annotate(last=Max("generation"))
    last = {row["person"]: row["last"] for row in given}
    links = AccessLink.objects.bulk_create(
        AccessLink(person=owner, generation=last.get(owner.pk, 0) + 1, created_at=now, expires_at=expires_at)
        for owner in owners
    )
    for link in links:
        link.digest = digest_of(token_of(link))
    AccessLink.objects.bulk_update(links, ["digest"])
    return links
