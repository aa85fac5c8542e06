"""Case A in English, for the three who read it: by the words as they were written."""

from dialoog.portal.demo.the_hague import words

PROMISE: dict[str, str] = {
    words.TITLE: "Which raw materials do we take on together?",
    words.PLACE: "Meeting centre De Brug, The Hague",
    words.GOAL: (
        "a list of at most six raw materials with the most serious risks in our chains, and agreements on "
        "who takes on what."
    ),
    words.USE: "our work plan for three years and the training we give.",
    words.NOT_USED_FOR: "rate or exclude members or suppliers.",
    words.OUT_OF_SCOPE: "You do not decide on the budget.",
    "het bestuur": "the board",
    words.LAST_TIME: (
        "nobody knew how the list was made. That was our mistake. Now you get the rules three weeks "
        "beforehand."
    ),
    words.MEASURES: (
        "A talk in Zwolle, an evening in the week before. We begin at 10:00. You can join online."
    ),
    "mee te brengen wat u in het veld ziet, ook wat beter ging.": (
        "bring what you see in the field, also what went better."
    ),
    "u maakt wat onze leden verkopen.": "you make what our members sell.",
    "te zeggen wat u van inkopers nodig heeft om het risico kleiner te maken.": (
        "say what you need from buyers to make the risk smaller."
    ),
}
RULES_SETTLED = {
    "reason": "You would get the exact rules today at the latest. They are settled now.",
    "question": "Which raw materials do we take on together? At most six",
    "electorate": "16 organisations have one vote each",
    "own_method": (
        "First all 20 people give ten raw materials a mark from 0 to 5: how serious, how many people, and "
        "what we can do together. Nobody sees your marks. Then every organisation says whether it can live "
        "with the list. A strong objection names the harm or the goal that is missed. Then we change the "
        "proposal, at most twice"
    ),
    "threshold": "What gets a mean of 3.0 or more, stands on the list",
}
PROGRAMME = {
    words.RULES: """One person speaks, the others listen.
Outside the room we name no people and no organisations.
At each table everybody speaks once first.
With a new fact we say: certain, likely or open.
We write down where we differ.
Something wrong? Tell Simone van Dalen. You hear back the same day.""",
    words.FACILITATOR: "Simone van Dalen, independent facilitator",
    "Welkom en spelregels": "Welcome and rules of conduct",
    "Wat weten we over onze ketens?": "What do we know about our chains?",
    "Bij elk cijfer: hoe zeker is het?": "With each figure: how certain is it?",
    "Aan tafel: waar zien we schade?": "At the table: where do we see harm?",
    "U noemt uw drie grootste materialen.": "You name your three biggest materials.",
    "Werken aan huis, gezien vanuit Jaipur": "Working at home, seen from Jaipur",
    "Aan tafel: wat is al geprobeerd?": "At the table: what has been tried?",
    "Ook wat niet lukte.": "Also what did not work.",
    "Lunch": "Lunch",
    "Vrij om met iedereen te praten.": "Free to talk with everybody.",
    "Aan tafel: wat kunnen we samen doen?": "At the table: what can we do together?",
    "U zegt wat u aankunt.": "You say what you can do.",
    "Cijfers geven": "Giving marks",
    "Tien grondstoffen, 0 tot 5. Niemand ziet uw cijfers.": (
        "Ten raw materials, 0 to 5. Nobody sees your marks."
    ),
    "Pauze, wij tellen": "Break, we count",
    "Kunt u ermee leven?": "Can you live with it?",
    "Eén stem per organisatie.": "One vote per organisation.",
    "Wie doet wat?": "Who does what?",
    "U belooft niets wat u thuis niet kunt waarmaken.": "You promise nothing you cannot keep at home.",
    "Wat er nu gebeurt": "What happens now",
}
REPORT: dict[str, str] = {
    "zes grondstoffen pakken we samen aan": "we take on six raw materials together",
    str(words.REPORT["adoption"]): (
        "The board adopted the list, but for one point. Natural rubber begins a year later: there is no "
        "partner yet who can do the work."
    ),
    str(words.REPORT["as_announced_note"]): "All 16 organisations and 6 of the 6 groups took part.",
    str(words.REPORT["missing"]): (
        "Four of the nine companies that were invited did not come. The Hague was far. That is our lesson"
    ),
    "Katoen": "Cotton",
    "Tropisch hardhout": "Tropical hardwood",
    "Leer": "Leather",
    "Mica": "Mica",
    "Natuursteen": "Natural stone",
    "Natuurrubber, vanaf het tweede jaar": "Natural rubber, from the second year",
    words.OUTCOMES[6][1]: (
        "Palm oil just missed the limit (2.9; 3.0 was needed). After an objection we mark it again within a "
        "year."
    ),
    words.OUTCOMES[7][1]: (
        "Rattan 2.6, ceramic glaze 2.2 and recycled polyester 2.0 do not stand on the list now."
    ),
    words.OUTCOMES[8][1]: (
        "Consent: in round 1, 14 organisations agreed, 1 with a concern, 1 had a strong objection. After the "
        "change all 16 agreed. 16 of the 16 organisations and 6 of the 6 groups took part."
    ),
    "16 van 16": "16 of 16",
    "Bedrijven en leveranciers": "Companies and suppliers",
    "Maatschappelijke organisaties en bonden": "Civil society and unions",
    "Overheid, geld en kennis": "Government, money and knowledge",
    words.OUTCOMES[9][1]: "Concern about the decision: four of the nine companies were not there.",
    words.OUTCOMES[10][1]: "Concern about the decision: most know too little about rattan to give a mark.",
    words.OUTCOMES[11][1]: "The Hague is too far for small companies from the north and the east.",
    "Wijzigingen op het laatste moment zorgen voor overwerk.": "Changes at the last moment cause overtime.",
    "Drie bedrijven zetten bestellingen eerder vast. Zie toezegging 2.": (
        "Three companies fix orders earlier. See commitment 2."
    ),
    "Maak namen van leveranciers openbaar.": "Publish the names of suppliers.",
    "Onze leden mogen dat nu niet beslissen. Het staat in juni weer op het programma.": (
        "Our members may not decide that now. It is on the programme again in June."
    ),
    "Mensen die thuis werken ontbreken in de cijfers.": (
        "People who work at home are missing in the figures."
    ),
    "We beginnen met een proef in katoen, samen met Shramik Saathi. Zie toezegging 3.": (
        "We begin with a pilot in cotton, together with Shramik Saathi. See commitment 3."
    ),
    "Vraag naar cijfers over een leefbaar loon.": "Ask for figures about a living wage.",
    "Het Instituut Ketenonderzoek zoekt uit welke cijfers er zijn.": (
        "Instituut Ketenonderzoek is finding out which figures there are."
    ),
    "Wie betaalt als we minder haast hebben?": "Who pays when we are in less of a hurry?",
    "Drie bedrijven rekenen het dit jaar samen uit en delen de som met de leveranciers.": (
        "Three companies work it out together this year and share the sum with the suppliers."
    ),
    "Palmolie hoort op de lijst.": "Palm oil belongs on the list.",
    "Het cijfer was 2,9. We geven er binnen een jaar opnieuw cijfers voor.": (
        "The mark was 2.9. We mark it again within a year."
    ),
    "Zeg bij elk cijfer hoe zeker het is.": "Say with each figure how certain it is.",
    "Bij elk cijfer staat nu: zeker, waarschijnlijk of open.": (
        "With each figure it now says: certain, likely or open."
    ),
    "Welke vragen stelt een bank al over deze risico's?": (
        "Which questions does a bank ask about these risks?"
    ),
    "Bank De Dijk deelt haar vragen. Zie toezegging 4.": (
        "Bank De Dijk shares its questions. See commitment 4."
    ),
    "Den Haag is ver. Kan het dichterbij?": "The Hague is far. Can it be nearer?",
    "Wij vragen eerst aan alle deelnemers welke plaats past.": (
        "We first ask everybody who took part which place suits them."
    ),
    "U krijgt bericht over het besluit en over uw inbreng.": (
        "You hear about the decision and about what you told us."
    ),
    "Wij veranderen een bestelling niet meer in de laatste zes weken voor verzending.": (
        "We no longer change an order in the last six weeks before it is sent."
    ),
    "Wij beginnen een proef met thuiswerkers in katoen.": "We begin a pilot with home workers in cotton.",
    "Wij delen de vragen die wij bedrijven over risico's stellen.": (
        "We share the questions we ask companies about risks."
    ),
    "Het bestuur neemt de lijst over, of schrijft op waarom niet.": (
        "The board adopts the list, or puts in writing why not."
    ),
    "Overgenomen, op één punt na: natuurrubber begint in het tweede jaar.": (
        "Adopted, but for one point: natural rubber begins in the second year."
    ),
}
AFTERWARDS = {
    "De dorpen kiezen eerst zelf wie meedoet.": "The villages first choose themselves who takes part.",
    "De vragenlijst staat op de site van Bank De Dijk, bij duurzaam lenen.": (
        "The questions stand on the site of Bank De Dijk, under sustainable loans."
    ),
}
