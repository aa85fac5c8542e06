"""Case C: what does the survey say? In screen five: people on the list, words per group being written."""

from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.portal.demo.stage import Stage
from dialoog.portal.demo.story import Story
from sessions.actions.invite import add_invitees
from sessions.actions.plan import keep_draft as keep_words
from sessions.models import (
    Confidentiality,
    DateMode,
    Decides,
    DialogueSession,
    Fallback,
    History,
    Influence,
    Method,
    PlaceMode,
    TieRule,
)
from stakeholders.actions.importing import confirm_draft, keep_draft
from stakeholders.importing import read_pasted
from stakeholders.models import SeedGroup

LISA = ("lisa.brouwer@noordkaap.example.org", "Lisa Brouwer", "030 555 05 01")
STIJN = ("Stijn Peters", "030 555 05 02")

TITLE = "Wat zegt de enquête?"
GOAL = "de enquête gelezen en hoogstens drie verbeteringen gekozen."
USE = "het verbeterplan van Ege Dikim en dat van Noordkaap. Alle werknemers krijgen een samenvatting."
NOT_USED_FOR = "over prijzen te praten of een fabriek te laten vallen."
LAST_TIME = (
    "kwamen onze late wijzigingen in de weken met het meeste overwerk. Dat lag aan ons; wij beginnen "
    "daar zelf over."
)
# as it was copied from a spreadsheet
PEOPLE = """Naam;Organisatie;Groep;Functie;E-mail;Telefoon;Plaats;Taal
Stijn Peters;Noordkaap Outdoor;Bedrijven;inkoper;stijn.peters@noordkaap.example.org;;Utrecht;Nederlands
Emre Yıldız;Ege Dikim;Leveranciers;directeur;emre.yildiz@egedikim.example.org;;İzmir;Engels
Zeynep Kara;Ege Dikim;Leveranciers;personeel;zeynep.kara@egedikim.example.org;;İzmir;Engels
Ayşe D.;Comité Ege Dikim;Werknemers;gekozen lid;ayse@comite.example.org;;İzmir;Turks
Mehmet T.;Comité Ege Dikim;Werknemers;gekozen lid;mehmet@comite.example.org;;İzmir;Turks
Elif S.;Comité Ege Dikim;Werknemers;gekozen lid;;+90 532 555 05 03;İzmir;Turks
Deniz Aksoy;Enquêtebureau Ankara;Kennisinstellingen;onderzoeker;deniz.aksoy@enquete.example.org;;Ankara;Engels
Can Öztürk;Atölye Hakları;Ngo's;trainer;can.ozturk@atolye.example.org;;İzmir;Engels
"""
RULES = {"method": Method.VOTE, "quorum": 4, "fallback": Fallback.ADOPTER, "tie_rule": TieRule.BOTH}
HISTORY = (
    "Ege Dikim en Atölye Hakları werkten in 2022 samen. Dat stopte toen een trainer werd aangekondigd zonder "
    "de fabriek te vragen. Afspraak: trainers worden eerst besproken. Noordkaap had in twee jaar "
    "drie inkopers."
)
# words that are saved, and words that somebody typed and did not save yet
GROUPS: dict[str, tuple[str, str]] = {
    SeedGroup.COMPANIES: (
        "u bestelt en de planning maakt.",
        "eerst over uw eigen deel in het overwerk te vertellen.",
    ),
    SeedGroup.SUPPLIERS: (
        "u de fabriek leidt waar 214 van de 260 mensen de enquête invulden.",
        "te zeggen wat binnen de kosten kan, en wat u daarvoor van ons nodig heeft.",
    ),
}
TYPED_GROUP = SeedGroup.WORKERS
TYPED = (
    "u gekozen bent door de mensen die de enquête invulden.",
    "te vertellen wat de cijfers betekenen op de",
)


class SurveyTalk(Story):
    """Plays case C up to what was typed yesterday; the meeting is some weeks from now."""

    def __init__(self, workspace: Workspace, stage: Stage, organiser: User, typist: User) -> None:
        super().__init__(workspace, stage, organiser)
        self.typist = typist

    def play(self) -> DialogueSession:
        self._plan()
        self._people()
        self._words()
        return self.session

    def _plan(self) -> None:
        stage = self.stage
        meeting = {
            "title": TITLE,
            "date_mode": DateMode.FIXED,
            "starts_at": stage.moment(0, 13),
            "ends_at": stage.moment(0, 14, 30),
            "place_mode": PlaceMode.ONLINE,
            "online_link": "https://bellen.example.org/noordkaap",
            "answer_by": stage.day(-7),
            "deputy_name": STIJN[0],
            "deputy_phone": STIJN[1],
        }
        promise = {
            "goal": GOAL,
            "use_of_outcomes": USE,
            "not_used_for": NOT_USED_FOR,
            "out_of_scope": "Over prijzen praten we niet.",
            "influence": Influence.COLLABORATE,
            "decides": Decides.ADVICE,
            "adopter": "de directies van Ege Dikim en Noordkaap",
            "report_by": stage.day(14),
            "confidentiality": Confidentiality.ROOM,
            "last_time": LAST_TIME,
        }
        with stage.at(self.stage.yesterday, 15):
            self.begin(meeting, promise)
            self.write_rules(RULES)

    def _people(self) -> None:
        with self.stage.at(self.stage.yesterday, 15, 20):
            draft = keep_draft(workspace=self.workspace, user=self.organiser, table=read_pasted(PEOPLE))
            people = confirm_draft(draft=draft, by=self.by)
            add_invitees(session=self.session, people=people, by=self.organiser)

    def _words(self) -> None:
        with self.stage.at(self.stage.yesterday, 15, 40):
            self.write_table(GROUPS, {"history": History.YES, "history_note": HISTORY})
        with self.stage.at(self.stage.yesterday, 15, 50):
            typed = {
                f"why_{self.groups[TYPED_GROUP].pk}": [TYPED[0]],
                f"ask_{self.groups[TYPED_GROUP].pk}": [TYPED[1]],
            }
            saved = {
                f"{field}_{self.groups[key].pk}": [text]
                for key, (why, ask) in GROUPS.items()
                for field, text in (("why", why), ("ask", ask))
            }
            rest = {"history": [str(History.YES)], "history_note": [HISTORY], "measures": [""]}
            keep_words(
                session=self.session,
                user=self.typist,
                screen="table",
                fields={**saved, **typed, **rest},
                version=self.session.version,
            )
