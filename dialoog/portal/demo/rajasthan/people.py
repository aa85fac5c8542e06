"""Case B: buyers, exporters, six workers under other names, and who stands beside them. All invented."""

from dialoog.portal.demo.guests import Guest, Party, Preparation, Reply
from sessions.models import Answer, MandateAnswer, Via
from stakeholders.models import Basis, Channel, Knowledge, Mandate, SeedGroup

MARLEEN = ("marleen.ubels@steenwijzer.example.org", "Marleen Ubels", "020 555 04 01")
KOEN = ("Koen Rademaker", "020 555 04 02")

IMPORTERS, EXPORTERS = SeedGroup.COMPANIES, SeedGroup.SUPPLIERS
BINDING, CONSULT, ADVICE = MandateAnswer.BINDING, MandateAnswer.CONSULT, MandateAnswer.ADVICE

PARTIES = (
    Party("Lammers Natuursteen", "lammers", IMPORTERS, "Arnhem"),
    Party("Claes Stone", "claes", IMPORTERS, "Gent", "België"),
    Party(
        "Wensink Bestrating",
        "wensink",
        IMPORTERS,
        "Deventer",
        note="Twee nieuwe contactpersonen in twee jaar. Begin elk gesprek met wat er is afgesproken.",
    ),
    Party("Tuinsteen Direct", "tuinsteen", IMPORTERS, "Breda"),
    Party("Soni Sandstone", "sonisandstone", EXPORTERS, "Kota", "India"),
    Party("Hadoti Exports", "hadoti", EXPORTERS, "Bundi", "India"),
    Party("Jain Stones", "jainstones", EXPORTERS, "Kota", "India"),
    Party("Agarwal Cobbles", "agarwal", EXPORTERS, "Budhpura", "India"),
    Party(
        "Patthar Nyaya Kendra",
        "pnk",
        SeedGroup.NGOS,
        "Bundi",
        "India",
        note="Trusted by workers since 2016. Nothing to the press without both sides reading it first.",
    ),
    Party("Wereldwerk", "wereldwerk", SeedGroup.NGOS, "Utrecht"),
    Party("District Labour Office", "labouroffice", SeedGroup.GOVERNMENT, "Kota", "India"),
    Party("Village Council Budhpura", "budhpura", SeedGroup.LOCAL, "Budhpura", "India"),
    Party("Institute for Occupational Health", "occhealth", SeedGroup.KNOWLEDGE, "Jaipur", "India"),
    Party("Women's Savings Group Bundi", "savingsgroup", SeedGroup.LOCAL, "Bundi", "India"),
)

GUESTS = (
    Guest(
        "Bart Lammers",
        "Lammers Natuursteen",
        {"language": "nl", "job": "directeur", "mandate": Mandate.BINDING},
        Reply(-44, 9),
        wish="Wat kost schaduw en water per vierkante meter steen?",
        preparation=Preparation(-13, BINDING, 1, ["food"], "Vegetarisch."),
    ),
    Guest(
        "Griet Claes",
        "Claes Stone",
        {"language": "nl", "job": "zaakvoerder", "mandate": Mandate.BINDING},
        Reply(-43, 20),
        wish="How do we check pay slips without controlling people?",
    ),
    Guest(
        "Roel Wensink",
        "Wensink Bestrating",
        {"language": "nl", "job": "inkoper", "phone": "0570 555 04 03"},
        Reply(-9, 11, Answer.DEPUTY, fields={"deputy_name": "Henk Wolters"}),
    ),
    Guest(
        "Anouk Vermeer",
        "Tuinsteen Direct",
        {"language": "nl", "job": "hoofd inkoop"},
        Reply(
            -40, 16, Answer.PARTLY, fields={"note": "Online on the last day only; our board meets that week."}
        ),
    ),
    Guest(
        "Rajesh Soni",
        "Soni Sandstone",
        {"job": "owner", "mandate": Mandate.BINDING, "knowledge": Knowledge.WORKING},
        Reply(-41, 7),
        wish="Buyers should say what they will change in price and payment.",
        last_time="In 2019 we heard about our own yard on television. Read it to us first.",
        preparation=Preparation(-12, BINDING, 2),
    ),
    Guest(
        "Imran Khan",
        "Hadoti Exports",
        {"job": "managing partner", "mandate": Mandate.BINDING},
        Reply(-39, 8),
        wish="Who pays for toilets and water: the yard, the buyer, or both?",
        preparation=Preparation(-11, BINDING, 2),
    ),
    Guest("Vikram Jain", "Jain Stones", {"job": "export manager", "mandate": Mandate.CONSULT}),
    Guest(
        "Pooja Agarwal",
        "Agarwal Cobbles",
        {"job": "director", "mandate": Mandate.BINDING},
        Reply(-38, 10),
        wish="Paying by bank instead of cash: what do the cutters themselves want?",
        preparation=Preparation(
            -13, BINDING, 2, rules_note="Interpreters should sit beside the women, not behind."
        ),
    ),
    Guest(
        "Sunita Meena",
        "Patthar Nyaya Kendra",
        {
            "job": "coordinator",
            "phone": "+91 98290 55501",
            "mandate": Mandate.CONSULT,
            "knowledge": Knowledge.EXPERT,
            "contact_preference": "Voice message; 3G, no video",
        },
        Reply(-44, 6),
        wish="Speak about shade, water and toilets first. That is what people ask me every day.",
        preparation=Preparation(
            -13, CONSULT, 3, ["hearing"], "Interpreters Hindi and Hadoti at every table."
        ),
    ),
    Guest(
        "Iris Hoekstra",
        "Wereldwerk",
        {"language": "nl", "job": "programmaleider", "knowledge": Knowledge.EXPERT},
        Reply(-44, 14),
        wish="Een klachtenweg die ook werkt als er geen bezoek is.",
        preparation=Preparation(-12, CONSULT, 3),
    ),
    Guest(
        "Deepak Verma",
        "District Labour Office",
        {"job": "labour officer", "mandate": Mandate.ADVICE},
        Reply(-30, 9),
        preparation=Preparation(-10, ADVICE, 2),
    ),
    Guest(
        "Ramesh Gurjar",
        "Village Council Budhpura",
        {
            "job": "head of the council",
            "language": "hi",
            "channel": Channel.PHONE,
            "phone": "+91 94140 55502",
        },
        Reply(
            -35, 11, Answer.LATER, Via.PHONE, {"note": "Depends on the wedding season. Call again next week."}
        ),
    ),
    Guest(
        "Dr. Leela Nair",
        "Institute for Occupational Health",
        {"job": "physician", "knowledge": Knowledge.EXPERT},
        Reply(-8, 15, question="May I bring the spirometer, and who keeps what we measure?"),
        wish="Dust: what a mask can and cannot do.",
    ),
    Guest(
        "Kavita Bai",
        "Women's Savings Group Bundi",
        {
            "language": "hi",
            "channel": Channel.LETTER,
            "street": "Meera Gate 7",
            "postcode": "323001",
            "city": "Bundi",
            "phone": "+91 94140 55503",
            "mandate": Mandate.CONSULT,
            "represents": "340 women who save together",
            "representation_basis": Basis.ELECTED,
        },
        Reply(-32, 13, via=Via.PHONE, fields={"note": "Comes with her sister-in-law, who reads for her."}),
    ),
)
WORKERS = ("W1", "W2", "W3", "W4", "W5", "W6")
COMES, ASKS = "W1", "W2"
