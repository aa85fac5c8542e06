"""Case A: 24 people of 23 organisations, what they answered and what they asked for. All invented."""

from dialoog.portal.demo.guests import Guest, Party, Preparation, Reply
from sessions.models import Answer, MandateAnswer, Via
from stakeholders.models import Basis, Channel, Knowledge, Mandate, SeedGroup

EVA = ("eva.kuipers@bwt.example.org", "Eva Kuipers", "070 555 01 23")
TIM = ("tim.ludema@bwt.example.org", "Tim Ludema", "070 555 01 24")
GERARD = ("gerard.zijlstra@bwt.example.org", "Gerard Zijlstra", "voorzitter")

BINDING, CONSULT = MandateAnswer.BINDING, MandateAnswer.CONSULT
ADVICE, UNKNOWN = MandateAnswer.ADVICE, MandateAnswer.UNKNOWN

C, G, N, U = SeedGroup.COMPANIES, SeedGroup.GOVERNMENT, SeedGroup.NGOS, SeedGroup.UNIONS
S, F, K, X = SeedGroup.SUPPLIERS, SeedGroup.FINANCE, SeedGroup.KNOWLEDGE, SeedGroup.CUSTOMERS

PARTIES = (
    Party("Haverkamp Wonen", "haverkamp", C, "Hengelo"),
    Party("Terpstra Tafelgoed", "terpstra", C, "Leeuwarden"),
    Party("Lumen & Linnen", "lumenlinnen", C, "Utrecht"),
    Party("Coolen Retailgroep", "coolen", C, "Eindhoven"),
    Party(
        "Kastanje Kids",
        "kastanjekids",
        C,
        "Groningen",
        note="Klein bedrijf, vier mensen. Een hele dag weg is veel; reiskosten vooraf helpt.",
    ),
    Party("Yilmaz Wonen", "yilmaz", C, "Zwolle"),
    Party("Friso Textiel", "frisotextiel", C, "Drachten", note="Leest geen mail. Bel vóór tien uur."),
    Party("Smit Servies", "smitservies", C, "Winschoten"),
    Party("Linde Keukengoed", "linde", C, "Enschede"),
    Party("Directie Handel", "directiehandel", G, "Den Haag"),
    Party("Agentschap Ketens", "agentschapketens", G, "Den Haag"),
    Party("Inspectie Handel en Keten", "inspectie", G, "Utrecht"),
    Party(
        "Eerlijke Draad",
        "eerlijkedraad",
        N,
        "Amsterdam",
        note="Was in 2024 boos over de lijst. Sindsdien spreken Hugo en Eva elkaar elk kwartaal.",
    ),
    Party("Shramik Saathi", "shramiksaathi", N, "Jaipur", "India"),
    Party("Bosbehoud Nu", "bosbehoud", N, "Nijmegen"),
    Party("Kinderen Vrij", "kinderenvrij", N, "Rotterdam"),
    Party("Bond Handel & Ambacht", "bondha", U, "Utrecht"),
    Party("Vakbondsfonds Internationaal", "vakbondsfonds", U, "Amsterdam"),
    Party("Song Hong Ceramics", "songhong", S, "Antwerpen", "België"),
    Party("Mehta Home Textiles", "mehta", S, "Amsterdam"),
    Party("Bank De Dijk", "dedijk", F, "Utrecht"),
    Party("Pensioenfonds Ambacht", "pensioenambacht", F, "Zeist"),
    Party("Instituut Ketenonderzoek", "ketenonderzoek", K, "Wageningen"),
    Party("Consumentenplatform Bewust", "bewust", X, "Den Haag"),
)

LATE_CHANGES = "Late wijzigingen in bestellingen zorgen voor overwerk."
SUPPLIER_NAMES = "Maak de namen van leveranciers openbaar."
HOME_WORKERS = "Thuiswerkers ontbreken in de cijfers."
LIVING_WAGE = "Vraag naar cijfers over een leefbaar loon."

GUESTS = (
    Guest(
        "Femke Haverkamp",
        "Haverkamp Wonen",
        {
            "job": "directeur",
            "phone": "074 555 02 01",
            "mandate": Mandate.BINDING,
            "knowledge": Knowledge.BASIC,
        },
        Reply(-62, 9),
        wish="Wat kost het ons als we rustiger inkopen?",
        preparation=Preparation(-13, BINDING, 1),
    ),
    Guest(
        "Joost Terpstra",
        "Terpstra Tafelgoed",
        {
            "job": "inkoper",
            "phone": "058 555 02 02",
            "mandate": Mandate.BINDING,
            "knowledge": Knowledge.BASIC,
        },
        Reply(-55, 14),
        wish="Wie betaalt als we minder haast hebben?",
        preparation=Preparation(-11, BINDING, 1),
    ),
    Guest(
        "Nadia El Amrani",
        "Lumen & Linnen",
        {"job": "hoofd duurzaamheid", "mandate": Mandate.CONSULT, "knowledge": Knowledge.EXPERT},
        Reply(-62, 20),
        wish=LATE_CHANGES,
        preparation=Preparation(-12, CONSULT, 3),
    ),
    Guest(
        "Ruben Coolen",
        "Coolen Retailgroep",
        {"job": "directeur inkoop", "phone": "040 555 02 04", "mandate": Mandate.CONSULT},
        Reply(-41, 8, Answer.LATER, fields={"note": "Hangt af van onze beurs in Parijs."}),
    ),
    Guest(
        "Ilse Brandsma",
        "Kastanje Kids",
        {
            "job": "eigenaar",
            "phone": "050 555 02 05",
            "mandate": Mandate.BINDING,
            "knowledge": Knowledge.BASIC,
        },
        Reply(-60, 11, via=Via.PHONE, fields={"note": "Komt met de trein en wil de reiskosten vooraf."}),
        wish="Den Haag is ver. Kan het de volgende keer dichterbij?",
        preparation=Preparation(-8, BINDING, 1, ["travel"]),
    ),
    Guest(
        "Ahmed Yilmaz",
        "Yilmaz Wonen",
        {"job": "directeur", "phone": "038 555 02 06"},
        Reply(-58, 12, Answer.NO, fields={"decline_reasons": ["far", "last_time"]}),
        last_time="In 2024 hoorden we pas na afloop hoe de lijst gemaakt was.",
    ),
    Guest(
        "Geert Friso",
        "Friso Textiel",
        {
            "job": "eigenaar",
            "phone": "0512 555 01 77",
            "channel": Channel.LETTER,
            "street": "Zuidkade 14",
            "postcode": "9203 AA",
            "city": "Drachten",
            "contact_preference": "Bellen, vóór tien uur",
        },
        Reply(
            -50,
            9,
            Answer.NO,
            Via.PHONE,
            {"decline_reasons": ["far"], "note": "Vijf uur reizen voor één dag."},
        ),
    ),
    Guest(
        "Anneke Smit",
        "Smit Servies",
        {"job": "directeur"},
        Reply(-33, 15, Answer.NO, fields={"decline_reasons": ["far"]}),
    ),
    Guest(
        "Linde Peters",
        "Linde Keukengoed",
        {"job": "eigenaar"},
        Reply(
            -30,
            21,
            Answer.NO,
            Via.MAIL,
            {"decline_reasons": ["date"], "note": "Heeft die week inventarisatie."},
        ),
    ),
    Guest(
        "Marit Oosterhuis",
        "Directie Handel",
        {"job": "beleidsmedewerker", "mandate": Mandate.ADVICE, "knowledge": Knowledge.WORKING},
        Reply(-59, 9),
        wish="Wat de nieuwe wet straks van u vraagt.",
        preparation=Preparation(-13, ADVICE, 2),
    ),
    Guest(
        "Bas Verdonk",
        "Agentschap Ketens",
        {"job": "adviseur", "mandate": Mandate.ADVICE, "knowledge": Knowledge.EXPERT},
        Reply(-57, 16, Answer.PARTLY, fields={"note": "Vanaf 11:00, eerst een ander overleg."}),
        preparation=Preparation(-5, ADVICE, 3),
    ),
    Guest(
        "Selin Kaya",
        "Inspectie Handel en Keten",
        {"job": "inspecteur", "mandate": Mandate.NONE, "knowledge": Knowledge.WORKING},
        Reply(-52, 13),
        preparation=Preparation(-9, UNKNOWN, 2),
    ),
    Guest(
        "Hugo van Rossem",
        "Eerlijke Draad",
        {"job": "onderzoeker", "mandate": Mandate.BINDING, "knowledge": Knowledge.EXPERT},
        Reply(-61, 8),
        wish=SUPPLIER_NAMES,
        last_time="Wij hoorden in 2024 uit de krant dat er een lijst was. Vertel vooraf hoe u kiest.",
        preparation=Preparation(-13, BINDING, 3, question="Wie telt de cijfers, en mogen wij meekijken?"),
    ),
    Guest(
        "Ananya Rao",
        "Shramik Saathi",
        {
            "job": "coordinator",
            "language": "en",
            "mandate": Mandate.CONSULT,
            "knowledge": Knowledge.EXPERT,
            "represents": "2.300 thuiswerkers in 41 dorpen",
            "representation_basis": Basis.ELECTED,
        },
        Reply(-57, 7),
        wish=HOME_WORKERS,
        preparation=Preparation(
            -10, CONSULT, 3, ["hearing", "travel"], "Interpreter Hindi-Dutch; I arrive the day before."
        ),
    ),
    Guest(
        "Lotte Smeets",
        "Bosbehoud Nu",
        {"job": "campagneleider", "mandate": Mandate.BINDING, "knowledge": Knowledge.EXPERT},
        Reply(-60, 17),
        wish="Palmolie hoort op de lijst: er gaan steeds meer kaarsen over de toonbank.",
        preparation=Preparation(-12, BINDING, 3),
    ),
    Guest(
        "Daniel Mensah",
        "Kinderen Vrij",
        {"job": "programmaleider", "mandate": Mandate.CONSULT, "knowledge": Knowledge.EXPERT},
        Reply(-45, 10),
        wish="Thuiswerk van kinderen zie je in geen enkel cijfer terug.",
        preparation=Preparation(-7, CONSULT, 3, ["hearing"], "Een ringleiding, graag vooraan."),
    ),
    Guest(
        "Karin Dijkema",
        "Bond Handel & Ambacht",
        {"job": "bestuurder", "mandate": Mandate.CONSULT, "knowledge": Knowledge.WORKING},
        Reply(-54, 10),
        wish="Bestellingen die steeds veranderen: dat is waar het overwerk begint.",
        preparation=Preparation(-11, CONSULT, 2),
    ),
    Guest(
        "Thomas Weel",
        "Vakbondsfonds Internationaal",
        {
            "job": "landencoördinator",
            "mandate": Mandate.CONSULT,
            "knowledge": Knowledge.EXPERT,
            "represents": "partnerbonden in vier landen",
            "representation_basis": Basis.ASKED,
        },
        Reply(-49, 9),
        wish=LIVING_WAGE,
        preparation=Preparation(-10, CONSULT, 3),
    ),
    Guest(
        "Mei Tran",
        "Song Hong Ceramics",
        {
            "job": "export manager",
            "language": "en",
            "mandate": Mandate.BINDING,
            "knowledge": Knowledge.WORKING,
        },
        Reply(-47, 8),
        wish="Kopers die hun plannen eerder vastzetten: dat scheelt ons elke maand overwerk.",
        preparation=Preparation(-6, BINDING, 2),
    ),
    Guest(
        "Arjun Mehta",
        "Mehta Home Textiles",
        {"job": "director", "language": "en", "mandate": Mandate.BINDING, "knowledge": Knowledge.WORKING},
        Reply(-31, 18),
        preparation=Preparation(-3, BINDING, 2),
    ),
    Guest(
        "Esther Blok",
        "Bank De Dijk",
        {"job": "adviseur duurzaamheid", "mandate": Mandate.CONSULT, "knowledge": Knowledge.BASIC},
        Reply(-51, 11),
        wish="Welke vragen stelt een bank al over deze risico's?",
        preparation=Preparation(
            -13, CONSULT, 1, ["explained"], question="Telt onze stem mee, of denken wij alleen mee?"
        ),
    ),
    Guest(
        "Pieter Nauta",
        "Pensioenfonds Ambacht",
        {"job": "beleggingsspecialist", "mandate": Mandate.CONSULT, "knowledge": Knowledge.WORKING},
        Reply(-36, 10),
        preparation=Preparation(-4, CONSULT, 2),
    ),
    Guest(
        "Wouter Aalbers",
        "Instituut Ketenonderzoek",
        {"job": "onderzoeker", "mandate": Mandate.NONE, "knowledge": Knowledge.EXPERT},
        Reply(-61, 15),
        wish="Zeg bij elk cijfer hoe zeker we ervan zijn.",
        preparation=Preparation(-13, UNKNOWN, 3),
    ),
    Guest(
        "Sanne Vliet",
        "Consumentenplatform Bewust",
        {"job": "woordvoerder", "mandate": Mandate.CONSULT, "knowledge": Knowledge.BASIC},
        Reply(-48, 14),
        wish="Openheid over waar iets vandaan komt. Kopers vragen ernaar.",
        preparation=Preparation(-9, CONSULT, 1, ["food"], "Vegetarisch."),
    ),
)

DEPUTY = {
    "name": "Maud Verhoeven",
    "email": "maud.verhoeven@coolen.example.org",
    "job": "inkoper",
    "mandate": Mandate.CONSULT,
    "knowledge": Knowledge.BASIC,
}
CALLED_FIRST = ("Ilse Brandsma", "Hugo van Rossem")
