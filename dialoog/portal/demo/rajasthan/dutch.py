"""Case B in Dutch, for the buyers and the NGO at home: by the words as they were written."""

from dialoog.portal.demo.rajasthan import words
from stakeholders.models import SeedGroup

_COMPANIES, _NGOS = words.GROUPS[SeedGroup.COMPANIES], words.GROUPS[SeedGroup.NGOS]

PROMISE = {
    words.TITLE: "Gesprek over werken met zandsteen",
    words.PLACE: "Kota en Bundi, Rajasthan",
    words.GOAL: (
        "begrepen hoe een dag in de werkplaatsen en groeves eruitziet, en praktische stappen afgesproken "
        "voor het volgende seizoen."
    ),
    words.USE: (
        "een gezamenlijk actieplan dat we elk half jaar nalopen. Kopers nemen hun deel op in hun manier van "
        "inkopen."
    ),
    words.NOT_USED_FOR: "leveranciers te laten vallen die problemen laten zien.",
    words.OUT_OF_SCOPE: "Wat niet lukt, wordt een open punt met een datum.",
    words.ADOPTER: "Initiatief Steenwijzer",
    words.LAST_TIME: (
        "stopte de training halverwege en voelde dat als aan de schandpaal staan. Nu gaat er niets naar de "
        "pers wat niet door beide kanten gelezen is."
    ),
    words.MEASURES: (
        "Dagloon en reis voor werknemers, vooraf betaald. Vrouwen praten eerst samen, met een vrouwelijke "
        "tolk. Aan elke tafel een tolk."
    ),
    _COMPANIES[0]: "u deze steen koopt en bepaalt wat er van een werkplaats gevraagd wordt.",
    _COMPANIES[
        1
    ]: "mee te brengen hoe uw prijs is opgebouwd en wanneer u betaalt, en te zeggen wat u kunt veranderen.",
    _NGOS[0]: "mensen u vertrouwen.",
    _NGOS[1]: "mee te brengen wat u gezien heeft en te bewaken dat iedereen veilig is.",
    str(words.PROCEDURE["question"]): "Welke stappen zetten we samen voor het volgende seizoen?",
    str(words.PROCEDURE["electorate"]): (
        "Vier delegaties zijn het eens: kopers, exporteurs, werknemers, en de maatschappelijke organisaties "
        "met de spaargroep"
    ),
    str(words.PROCEDURE["own_method"]): (
        "Elke partij beslist over wat zij zelf belooft. De werknemers praten eerst onder elkaar, met hun "
        "eigen tolk. Over de werkplek wordt niets afgesproken zonder het ja van de werknemers"
    ),
    str(
        words.PROCEDURE["threshold"]
    ): "Een stap staat als geen van de vier delegaties een zwaar bezwaar heeft",
}
PROGRAMME = {
    words.RULES: """Kopers beantwoorden ook vragen, ze stellen ze niet alleen.
Tolken bepalen het tempo.
Niemand wordt gevraagd waar hij werkt. Geen foto's, geen film, geen geluidsopname.
Niemand wordt gestraft om wat hij zegt. Alle vier de exporteurs hebben dat ondertekend.
Wat we niet weten, noemen we niet bekend.
U mag altijd stoppen en hoeft niet te zeggen waarom.""",
    "Welcome and who is here": "Welkom en wie er zijn",
    "Pictures of the rules on the wall.": "Plaatjes van de spelregels aan de muur.",
    "Visit: a yard chosen by exporters": "Bezoek: een werkplaats, gekozen door de exporteurs",
    "Meal together": "Samen eten",
    "Visit: a quarry chosen by PNK": "Bezoek: een groeve, gekozen door PNK",
    "Visit: one drawn by lot that morning": "Bezoek: een die die ochtend geloot is",
    "Rules, and what each of us hopes for": "De spelregels, en waar ieder van ons op hoopt",
    "What we saw": "Wat we zagen",
    "Mixed tables, an interpreter at each.": "Gemengde tafels, aan elke tafel een tolk.",
    "First: shade, drinking water, toilets": "Eerst: schaduw, drinkwater, toiletten",
    "What, where, who pays.": "Wat, waar, wie betaalt.",
    "Registration, and being paid by bank": "Inschrijving, en loon via de bank",
    "What buyers change": "Wat kopers veranderen",
    "Buyers speak, others ask.": "Kopers spreken, anderen vragen.",
    "A complaint that is heard": "Een klacht die gehoord wordt",
    "Only if the workers want to.": "Alleen als de werknemers dat willen.",
    "Who does what, and when?": "Wie doet wat, en wanneer?",
    "Workers talk among themselves first.": "Werknemers praten eerst onder elkaar.",
}
