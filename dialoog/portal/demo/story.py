"""What the stories of the demo have in common: the hands of an organiser."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.portal.demo.guests import Cast
from dialoog.portal.demo.stage import Stage
from feedback.translations import sources_of_report
from sessions.actions.agenda import save_conduct, save_item
from sessions.actions.gather import put_on_agenda
from sessions.actions.invite import explain_absence
from sessions.actions.letters import letter_copies, mark_printed
from sessions.actions.plan import plan_session, save_meeting, save_procedure, save_promise, save_table
from sessions.actions.translate import Translated, save_translations
from sessions.models import Absence, DialogueSession, Wish
from sessions.translations import once, sources_of
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import SeedGroup

# day, fixed start or "", minutes, form, title, who leads, what people do
Part = tuple[int, str, int, str, str, str, str]


class Story:
    """Plays one meeting in a workspace; `organiser` does what is done by hand."""

    cast: Cast
    session: DialogueSession

    def __init__(self, workspace: Workspace, stage: Stage, organiser: User) -> None:
        self.workspace, self.stage, self.organiser = workspace, stage, organiser
        self.by = Actor.user(organiser)
        self.groups = {str(group.key): group for group in ensure_groups(workspace)}

    def begin(self, meeting: Mapping[str, Any], promise: Mapping[str, Any]) -> None:
        """The first two screens."""
        self.session = plan_session(workspace=self.workspace, by=self.organiser)
        save_meeting(session=self.session, fields=meeting, by=self.organiser, version=self.session.version)
        save_promise(session=self.session, fields=promise, by=self.organiser, version=self.session.version)

    def write_table(
        self,
        texts: Mapping[str, tuple[str, str]],
        fields: Mapping[str, Any],
        levels: Mapping[str, str] | None = None,
    ) -> None:
        """Screen five: why each group is there and what we ask; `levels` where its influence differs."""
        groups = {
            self.groups[key].pk: {
                "why_you": why,
                "what_we_ask": ask,
                "influence": (levels or {}).get(key, ""),
            }
            for key, (why, ask) in texts.items()
        }
        version = self.session.version
        save_table(session=self.session, groups=groups, fields=fields, by=self.organiser, version=version)

    def write_rules(self, rules: Mapping[str, Any], advisory: Iterable[SeedGroup] = ()) -> None:
        """How the advice or decision comes about, or when people get to know it."""
        fields = {**rules, "advisory_groups": [self.groups[key] for key in advisory]}
        version = self.session.version
        save_procedure(session=self.session, fields=fields, by=self.organiser, version=version)

    def write_programme(self, parts: Iterable[Part], rules: str, facilitator: str) -> None:
        """The programme part by part, the rules of conduct, and who leads the talk."""
        session, by = self.session, self.organiser
        for day, start, minutes, form, title, lead, note in parts:
            fields = {
                "day": day,
                "fixed_start": time.fromisoformat(start) if start else None,
                "minutes": minutes,
                "form": form,
                "title": title,
                "lead": lead,
                "note": note,
            }
            save_item(session=session, fields=fields, by=by, version=session.version)
        save_conduct(session=session, rules=rules, facilitator=facilitator, by=by, version=session.version)

    def print_letters(self) -> None:
        """Print and post the invitations of who is reached by letter."""
        copies = letter_copies(self.session, only_new=True)
        mark_printed(session=self.session, copies=copies, by=self.organiser)

    def leave_out(self, key: SeedGroup, absence: Absence, reason: str) -> None:
        """Say why a group is not at the table."""
        group = self.groups[key]
        explain_absence(session=self.session, group=group, absence=absence, reason=reason, by=self.organiser)

    def translate(self, texts: Mapping[str, str], language: str) -> None:
        """Write the other language beside what is there to translate: `texts` by the words they were."""
        self.session.refresh_from_db()
        every = [*sources_of(self.session), *sources_of_report(self.session)]
        found = [source for source in once(every) if source.text.strip() in texts]
        missing = set(texts) - {source.text.strip() for source in found}
        if missing:
            raise ValueError(f"The demo translates what nobody wrote: {sorted(missing)}.")
        given = [Translated(source, texts[source.text.strip()], source.digest) for source in found]
        save_translations(session=self.session, language=language, texts=given, by=self.organiser)

    def place_wishes(self, asked_for: Mapping[str, Iterable[str]], elsewhere: Mapping[str, str]) -> None:
        """Put wishes under the part they became, by its title; answer those that did not fit, by name."""
        items = {item.title: item for item in self.session.agenda.all()}
        for title, names in asked_for.items():
            for wish in self.wishes_of(names):
                put_on_agenda(wish=wish, item=items[title], response="", by=self.organiser)
        for name, response in elsewhere.items():
            for wish in self.wishes_of([name]):
                put_on_agenda(wish=wish, item=None, response=response, by=self.organiser)

    def wishes_of(self, names: Iterable[str]) -> list[Wish]:
        """What these people want on the programme."""
        rows = self.session.wishes.filter(kind="agenda", invitation__person__name__in=list(names))
        return list(rows.select_related("session__dialogue__workspace"))
