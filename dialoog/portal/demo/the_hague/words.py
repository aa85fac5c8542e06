"""Case A: what the organiser wrote, and what was said about the day."""

from sessions.models import Form, Method, OutcomeKind, Response
from stakeholders.models import SeedGroup

TITLE = "Welke grondstoffen pakken we samen aan?"
PLACE = "Vergadercentrum De Brug, Den Haag"
GOAL = (
    "een lijst van hoogstens zes grondstoffen met de ernstigste risico's in onze ketens, en afspraken over "
    "wie wat aanpakt."
)
USE = "ons werkplan voor drie jaar en de trainingen die we geven."
NOT_USED_FOR = "leden of leveranciers te beoordelen of uit te sluiten."
OUT_OF_SCOPE = "Over het budget beslist u niet mee."
LAST_TIME = (
    "wist niemand hoe de lijst werd gemaakt. Dat was onze fout. Nu krijgt u de regels drie weken vooraf."
)
MEASURES = "Voorgesprek in Zwolle, een avond in de week ervoor. We beginnen om 10:00. Online meedoen kan."
HISTORY = (
    "In 2024 trokken Eerlijke Draad en drie leden zich terug uit de vorige lijst: niemand had verteld hoe "
    "hij gemaakt werd. Eva heeft met beide gebeld."
)
RULES = """Eén spreekt, de anderen luisteren.
Buiten de zaal noemen we geen namen en geen organisaties.
Aan elke tafel komt eerst iedereen aan het woord.
Bij een nieuw feit zeggen we: zeker, waarschijnlijk of open.
Verschil van mening schrijven we op.
Gaat er iets mis? Zeg het tegen Simone van Dalen. U hoort dezelfde dag iets terug."""
FACILITATOR = "Simone van Dalen, onafhankelijk gespreksleider"


# per group: why you, what we ask of you
GROUPS: dict[str, tuple[str, str]] = {
    SeedGroup.COMPANIES: (
        "u zelf inkoopt en weet wat daar kan veranderen.",
        "uw drie grootste materialen te noemen, en één gewoonte bij het inkopen die risico's groter maakt. "
        "U hoeft niets op te zoeken.",
    ),
    SeedGroup.GOVERNMENT: (
        "u de regels kent en de steun die er is.",
        "uit te leggen wat er komt en wat bedrijven kunnen doen. U denkt mee en stemt niet.",
    ),
    SeedGroup.NGOS: (
        "u mensen spreekt die wij niet spreken.",
        "mee te brengen wat u in het veld ziet, ook wat beter ging.",
    ),
    SeedGroup.UNIONS: (
        "u spreekt namens mensen die het werk doen.",
        "te vertellen wat voor werknemers voorgaat, en waar zij zelf kunnen meepraten.",
    ),
    SeedGroup.SUPPLIERS: (
        "u maakt wat onze leden verkopen.",
        "te zeggen wat u van inkopers nodig heeft om het risico kleiner te maken.",
    ),
    SeedGroup.FINANCE: (
        "u risico's weegt bij een lening of belegging.",
        "te vertellen hoe u deze risico's meeweegt.",
    ),
    SeedGroup.KNOWLEDGE: ("u de cijfers kent.", "met ons na te gaan wat klopt en wat nog open is."),
    SeedGroup.CUSTOMERS: (
        "u weet wat kopers willen weten.",
        "te zeggen wat kopers zouden accepteren.",
    ),
}
WORKERS_APART = "Met werknemers zelf praten we apart, in de plaatsen waar het werk gedaan wordt."
LOCAL_NOT_NEEDED = "Deze dag gaat over kiezen; dorpen spreken we per grondstof, zodra de lijst er is."

RULES_SETTLED = "U zou de precieze regels uiterlijk vandaag krijgen. Ze staan nu vast."
PROCEDURE = {
    "method": Method.OTHER,
    "question": "Welke grondstoffen pakken we samen aan? Hoogstens zes",
    "electorate": "16 organisaties hebben elk één stem",
    "own_method": (
        "Eerst geven alle 20 mensen tien grondstoffen een cijfer van 0 tot 5: hoe ernstig, hoeveel mensen, "
        "en wat we samen kunnen doen. Niemand ziet uw cijfers. Daarna zegt elke organisatie of zij met de "
        "lijst kan leven. Een zwaar bezwaar noemt de schade of het gemiste doel. Dan passen we het voorstel "
        "aan, hoogstens twee keer"
    ),
    "threshold": "Wat gemiddeld 3,0 of hoger krijgt, komt op de lijst",
    "quorum": 11,
    "quorum_groups": 5,
    "fallback": "three_quarters",
    "tie_rule": "severity",
}

# (fixed start, minutes, form, title, who leads, what people do)
AGENDA: tuple[tuple[str, int, str, str, str, str], ...] = (
    ("10:00", 10, Form.PLENARY, "Welkom en spelregels", "Simone van Dalen", ""),
    (
        "",
        20,
        Form.PLENARY,
        "Wat weten we over onze ketens?",
        "Wouter Aalbers",
        "Bij elk cijfer: hoe zeker is het?",
    ),
    ("", 35, Form.TABLES, "Aan tafel: waar zien we schade?", "", "U noemt uw drie grootste materialen."),
    ("11:10", 15, Form.PLENARY, "Werken aan huis, gezien vanuit Jaipur", "Ananya Rao", ""),
    ("", 35, Form.TABLES, "Aan tafel: wat is al geprobeerd?", "", "Ook wat niet lukte."),
    ("", 60, Form.INFORMAL, "Lunch", "", "Vrij om met iedereen te praten."),
    ("13:00", 35, Form.TABLES, "Aan tafel: wat kunnen we samen doen?", "", "U zegt wat u aankunt."),
    (
        "13:40",
        35,
        Form.VOTE,
        "Cijfers geven",
        "Simone van Dalen",
        "Tien grondstoffen, 0 tot 5. Niemand ziet uw cijfers.",
    ),
    ("", 15, Form.BREAK, "Pauze, wij tellen", "", ""),
    ("", 45, Form.VOTE, "Kunt u ermee leven?", "Simone van Dalen", "Eén stem per organisatie."),
    (
        "",
        30,
        Form.CLOSING,
        "Wie doet wat?",
        "Eva Kuipers",
        "U belooft niets wat u thuis niet kunt waarmaken.",
    ),
    ("", 15, Form.CLOSING, "Wat er nu gebeurt", "Eva Kuipers", ""),
)
# whose wish became which part
ASKED_FOR: dict[str, tuple[str, ...]] = {
    "Wat weten we over onze ketens?": ("Wouter Aalbers", "Marit Oosterhuis", "Esther Blok"),
    "Aan tafel: waar zien we schade?": ("Nadia El Amrani", "Karin Dijkema", "Mei Tran", "Lotte Smeets"),
    "Werken aan huis, gezien vanuit Jaipur": ("Ananya Rao", "Daniel Mensah"),
    "Aan tafel: wat kunnen we samen doen?": ("Joost Terpstra", "Femke Haverkamp"),
}
# whose wish did not fit into this day, and why
NOT_THAT_DAY: dict[str, str] = {
    "Hugo van Rossem": "Leden mogen dat deze dag niet beslissen. Het komt in juni terug.",
    "Sanne Vliet": "Hoort bij het openbaar maken van namen; dat komt in juni terug.",
    "Thomas Weel": "Het instituut zoekt uit welke cijfers er zijn; u hoort het na de dag.",
    "Ilse Brandsma": "De zaal is besproken. De volgende keer vragen we alle deelnemers welke plaats past.",
}
ABOUT_LAST_TIME: dict[str, str] = {
    "Hugo van Rossem": "Dat was zo. De regels staan nu drie weken vooraf op papier, en u kunt ze bespreken.",
    "Ahmed Yilmaz": "Dank dat u het zegt. U krijgt de regels ook nu u niet komt, en daarna het verslag.",
}
ANSWERS: dict[str, tuple[str, bool]] = {
    "Hugo van Rossem": (
        "Simone van Dalen telt, met Wouter Aalbers erbij. U mag meekijken bij het tellen, niet bij "
        "het invullen.",
        True,
    ),
    "Esther Blok": (
        "Uw stem telt mee: financiers horen bij de 16 organisaties. Alleen overheid en instituut denken mee "
        "zonder stem.",
        False,
    ),
}

OUTCOMES: tuple[tuple[str, str, str], ...] = (
    (OutcomeKind.DECISION, "Katoen", "4,3"),
    (OutcomeKind.DECISION, "Tropisch hardhout", "4,1"),
    (OutcomeKind.DECISION, "Leer", "3,7"),
    (OutcomeKind.DECISION, "Mica", "3,5"),
    (OutcomeKind.DECISION, "Natuursteen", "3,3"),
    (OutcomeKind.DECISION, "Natuurrubber, vanaf het tweede jaar", "3,1"),
    (
        OutcomeKind.OPEN,
        "Palmolie haalde de grens net niet (2,9; nodig was 3,0). Na een bezwaar geven we er binnen een jaar "
        "opnieuw cijfers voor.",
        "2,9",
    ),
    (
        OutcomeKind.RISK,
        "Rotan 2,6, keramisch glazuur 2,2 en gerecycled polyester 2,0 komen nu niet op de lijst.",
        "",
    ),
    (
        OutcomeKind.JOINT_ACTION,
        "Instemming: in ronde 1 stemden 14 organisaties in, 1 met een zorg, 1 had een zwaar bezwaar. Na de "
        "aanpassing stemden alle 16 in. 16 van de 16 organisaties en 6 van de 6 groepen deden mee.",
        "16 van 16",
    ),
    (OutcomeKind.DISSENT, "Zorg bij het besluit: vier van de negen bedrijven ontbraken.", ""),
    (
        OutcomeKind.DISSENT,
        "Zorg bij het besluit: over rotan weten de meesten te weinig om een cijfer te geven.",
        "",
    ),
    (OutcomeKind.LESSON, "Den Haag is te ver voor kleine bedrijven uit het noorden en oosten.", ""),
)

# text, names of whose wish it is, response, reason, days from the meeting on which more is known
CONTRIBUTIONS: tuple[tuple[str, tuple[str, ...], str, str, int | None], ...] = (
    (
        "Wijzigingen op het laatste moment zorgen voor overwerk.",
        ("Nadia El Amrani", "Karin Dijkema", "Mei Tran"),
        Response.ADOPTED,
        "Drie bedrijven zetten bestellingen eerder vast. Zie toezegging 2.",
        None,
    ),
    (
        "Maak namen van leveranciers openbaar.",
        ("Hugo van Rossem", "Sanne Vliet"),
        Response.NOT,
        "Onze leden mogen dat nu niet beslissen. Het staat in juni weer op het programma.",
        None,
    ),
    (
        "Mensen die thuis werken ontbreken in de cijfers.",
        ("Ananya Rao", "Daniel Mensah"),
        Response.PARTLY,
        "We beginnen met een proef in katoen, samen met Shramik Saathi. Zie toezegging 3.",
        None,
    ),
    (
        "Vraag naar cijfers over een leefbaar loon.",
        ("Thomas Weel",),
        Response.STUDY,
        "Het Instituut Ketenonderzoek zoekt uit welke cijfers er zijn.",
        90,
    ),
    (
        "Wie betaalt als we minder haast hebben?",
        ("Femke Haverkamp", "Joost Terpstra"),
        Response.PARTLY,
        "Drie bedrijven rekenen het dit jaar samen uit en delen de som met de leveranciers.",
        None,
    ),
    (
        "Palmolie hoort op de lijst.",
        ("Lotte Smeets",),
        Response.PARTLY,
        "Het cijfer was 2,9. We geven er binnen een jaar opnieuw cijfers voor.",
        None,
    ),
    (
        "Zeg bij elk cijfer hoe zeker het is.",
        ("Wouter Aalbers", "Marit Oosterhuis"),
        Response.ADOPTED,
        "Bij elk cijfer staat nu: zeker, waarschijnlijk of open.",
        None,
    ),
    (
        "Welke vragen stelt een bank al over deze risico's?",
        ("Esther Blok",),
        Response.ADOPTED,
        "Bank De Dijk deelt haar vragen. Zie toezegging 4.",
        None,
    ),
    (
        "Den Haag is ver. Kan het dichterbij?",
        ("Ilse Brandsma",),
        Response.STUDY,
        "Wij vragen eerst aan alle deelnemers welke plaats past.",
        80,
    ),
)

# commitment → who promises it as well, and which contributions it answers: they are asked when it changes
TOUCHED = {
    2: (
        ("Terpstra Tafelgoed", "Lumen & Linnen"),
        ("Wijzigingen op het laatste moment zorgen voor overwerk.",),
    ),
    3: (
        ("Shramik Saathi",),
        (
            "Mensen die thuis werken ontbreken in de cijfers.",
            "Vraag naar cijfers over een leefbaar loon.",
        ),
    ),
}

REPORT = {
    "decided": "zes grondstoffen pakken we samen aan",
    "adoption": (
        "Het bestuur nam de lijst over, op één punt na. Natuurrubber begint een jaar later: er is nog geen "
        "partner die het werk kan doen."
    ),
    "as_announced": "yes",
    "as_announced_note": "Alle 16 organisaties en 6 van de 6 groepen deden mee.",
    "names_kept": True,
    "missing": "Vier van de negen uitgenodigde bedrijven kwamen niet. Den Haag was ver. Dat is onze les",
}

REMARKS = (
    ("Voor het eerst wist ik vooraf waar mijn stem voor telde.", True),
    ("Houd de volgende in Zwolle.", True),
    ("Ronde twee ging mij te snel, tot de gespreksleider vaart minderde.", True),
    ("Fijn dat de lunch een heel uur duurde.", False),
)
