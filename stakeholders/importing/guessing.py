"""Whom an organisation probably speaks for: from its name, its addresses, the jobs there, and its like.

A guess, and shown as one; a wrong one costs more than none. Words are Dutch and English, whole or with
parts that mean one thing only: “natuur” in “natuursteen” is no NGO. The first match in the order counts.
"""

import re
from collections.abc import Iterable
from functools import cache

from dialoog.kernel.db import sort_key

_MEMBERS = (
    r"(?:\w*(?:bedrijven|ondernemingen|handelaren|handelaars|handel|importeurs|exporteurs|fabrikanten"
    r"|producenten|leveranciers|werkgevers|ondernemers|winkeliers|verzekeraars|banken|installateurs|aannemers"
    r"|companies|employers|traders|importers|exporters|manufacturers|producers|retailers|merchants))"
)
# in this order: “Stichting Pensioenfonds” is a fund, “Vakbondsfonds” a union; these count above a legal form
_CLEAR: tuple[tuple[str, str], ...] = (
    (
        "workers",
        r"ondernemingsra(?:ad|den)|werknemersra(?:ad|den)|works? councils?|workers?['’] councils?"
        r"|betriebsrat|comite d['’]entreprise|medezeggenschap\w*|personeelsvertegenwoordiging",
    ),
    (
        "branch",
        rf"(?:\w*bond|\w*vereniging|verbond|unie|federatie|organisatie) (?:van"
        rf"|voor) (?:\w+ ){{0,4}}{_MEMBERS}"
        rf"|(?:associations?|federation|union|league) of (?:\w+ ){{0,4}}{_MEMBERS}"
        rf"|(?:\w+ ){{0,4}}{_MEMBERS}['’]? (?:association|federation)",
    ),
    (
        "ngos",
        r"voedselbank\w*|actiegroep\w*|milieudefensie|vluchtelingenwerk"
        r"|(?:milieu|natuur|kinder|dieren|vluchtelingen|noodhulp|mensenrechten)fonds"
        r"|\w+ watch(?=$| (?:nederland|netherlands|belgi\w+|europ\w+|international|asia|africa|india"
        r"|canada|uk|usa)$)",
    ),
    ("unions", r"\w*workers['’]? (?:federation|association)|sindicatos?|syndicats?|serikat|trabalhadores"),
    # those who grow it sell it: a union of farmers is no union of workers
    ("suppliers", r"(?:\w*farmers|\w*growers|coffee|cocoa)['’]? (?:union|cooperative|association)"),
    ("government", r"autoriteit \w+|\w*ombudsman|\w*rekenkamer"),
    ("finance", r"credit unions?|exportkrediet\w*|kredietunie|kredietverzeker\w*"),
    ("government", r"european union|europese (unie|commissie)|european commission|eu delegation"),
    (
        "branch",
        r"vno|vno-ncw|mkb-nederland|mkb|metaalunie|inretail|modint|fme|bouwend nederland|verbond van"
        r"|werkgevers\w*|employers\w*|chambers? of commerce|ondernemersvereniging\w*|branche\w*|branch"
        r"|trade association|koepel\w*",
    ),
    (
        "customers",
        r"consument\w*|consumers?\w*|klanten\w*|customers?|kopers|patient\w*|clientenraad|ouderraad",
    ),
    (
        "unions",
        r"bonden|\w*vakbond\w*|(?:onderwijs|journalisten|politie|bouw|hout|ambtenaren|zeelieden)bond"
        r"|vakbeweging|vakcentrale|vakverbond|fnv|cnv|vcp|ituc|industriall|unions?(?! of)"
        r"|(?:national )?union of \w*workers|trade unions?|labou?r federation|werknemersorganisatie\w*"
        r"|de unie",
    ),
    (
        "knowledge",
        r"universi\w+|hogeschool|hogescholen|\w*instituut|institut|institutes?|kennis\w*|knowledge"
        r"|onderzoek\w*|technische universiteit|tu [a-z]+"
        r"|research|tno|academ\w+|lectoraat|planbureau|rivm|cbs|cpb|pbl|wur|wageningen|tu delft|clingendael"
        r"|deltares|think ?tank|laborator\w+|faculteit|faculty",
    ),
    (
        "government",
        r"ministerie\w*|ministry|minbuza|gemeente\w*|municipality|provincie\w*|province|overhe\w+"
        r"|government"
        r"|\w*inspectie|\w*inspectorate|waterschap\w*|rijks\w*|directie|directoraat\w*|agentschap"
        r"|ambassade|embassy"
        r"|consulaat|consulate|rvo|parlement\w*|parliament|politiek|politie|douane|customs office"
        r"|belastingdienst"
        r"|omgevingsdienst|veiligheidsregio|ggd|ser|kvk|kamer van koophandel|city of|county|city council"
        r"|department of|netherlands enterprise agency|state of|wethouder\w*|burgemeester\w*|eerste kamer"
        r"|tweede kamer|provinciale staten",
    ),
    (
        "finance",
        r"(?!(?:zit|werk|slaap|hoek|tuin|bloed|kleding|speelgoed|weggeef|data|vacature|kennis"
        r"|foto)bank)\w*bank"
        r"|\w*banken|\w*fonds|\w*fondsen|funds?|financ\w+|\w*verzekera\w*|verzekering\w*|insurance|insurers?"
        r"|invest(?:ments?|ors?|eer\w*|ering\w*)"
        r"|capital|pensioen\w*|pensions?|asset management|vermogensbeheer\w*|abn amro|ing (?:bank|groep"
        r"|group|nederland)|asn|triodos"
        r"|abp|pggm"
        r"|apg|achmea|aegon|asr|fmo|robeco|allianz|axa|credit union|rabo",
    ),
    ("branch", r"federatie|federation|verbond|associations?|gilde|guild"),
)
# words with more than one meaning: “Milieu Service B.V.” is a company
_LIKELY: tuple[tuple[str, str], ...] = (
    (
        "local",
        r"dorps(?:raad|belang\w*|comite|vereniging|huis|bewoners)|(?<!van )dorp|bewoners\w*"
        r"|(?:buurt|wijk)(?:raad|comite|vereniging|bewoners|overleg|belang\w*|platform)|omwonenden"
        r"|huurders\w*|inwoners\w*|gemeenschap\w*"
        r"|communit\w+|comuni(?:dad|dade|ta)(?: nativa)?"
        r"|lokaal|local|residents|village|neighbou?rhood|indigenous|inheems\w*|panchayat",
    ),
    (
        "workers",
        r"werknemers?|workers?|arbeiders?|medewerkers|thuiswerk\w*|home ?workers?|personeels\w*",
    ),
    (
        "ngos",
        r"foundation|trust|ngos?|ngo's|maatschappelijk\w*|civil society|non-?profit|oxfam"
        r"|novib|unicef"
        r"|greenpeace|wnf|wwf|amnesty|rode kruis"
        r"|natuur|milieu|(?:natuur|milieu)(?:organisatie\w*|monumenten|behoud|bescherm\w*|federatie|beweging)"
        r"|ontwikkelings(?:samenwerking|organisatie\w*)|red cross|save the children|hivos"
        r"|cordaid"
        r"|plan international|solidaridad|fair ?trade|fair ?wear|max havelaar|somo|schone kleren"
        r"|clean clothes"
        r"|both ends|pax|tearfund|icco|action ?aid|artsen zonder grenzen|human rights\w*|mensenrechten\w*"
        r"|global witness|transparency|rainforest alliance|terre des hommes|war child|dierenbescherming"
        r"|friends of|vrienden van|campaign|campagne|charity|diaconie|kerk|kerken|kerkgenootschap|church"
        r"|hulporganisatie\w*|hulpverlening|noodhulp"
        r"|coalition"
        r"|coalitie|against|anti-slavery|kinder\w*rechten|children'?s",
    ),
    # what these stand for, their name does not tell
    (
        "",
        r"platform|netwerk|network|werkgroep|vereniging|\w*bond|comite|committee|keurmerk\w*|certi\w*"
        r"|audit\w*"
        r"|label",
    ),
)
_TRADE: tuple[tuple[str, str], ...] = (
    (
        "suppliers",
        r"\w*leveranciers?|suppliers?|producent\w*|producers?|\w*fabriek\w*|factory|factories|mills?"
        r"|exports?|exportador\w+"
        r"|exporters?|manufactur\w+|garments?|weaving|spinning|quarr\w+|\w*groeve\w*|plantations?"
        r"|growers|telers"
        r"|kwekers?|kwekerij\w*|farms?|mining|mijnbouw|cooperati\w+|cooperatie\w*",
    ),
    (
        "companies",
        r"\w*bedrij(?:f|ven)|compan\w+|ondernem\w+|retail\w*|\w*retail|winkel\w*|shops?|stores?|import\w*"
        r"|groothandel\w*|handelsonderneming|handel\w*|\w*handel|trading|traders?|wonen|interieur\w*"
        r"|interiors?|meubel\w*|furniture|mode|fashion|textiel\w*|textiles?|keramiek|ceramics?|tegels?|tiles"
        r"|\w*steenhouwerij|\w*natuursteen|hardsteen|\w*stone|stones|graniet|granite|marmer\w*|marble"
        r"|grafmonumenten|bestrating\w*|vloeren|parket\w*|keukens|keukenbladen|badkamers|sanitair"
        r"|architect\w*|aannemer\w*|hovenier\w*|loodgieter\w*|schilders?bedrijf|garage|bakkerij|slagerij"
        r"|drukkerij|uitgeverij|\w*makelaars?|automatisering|software|design|studio|brands?|foods?"
        r"|supermarkt\w*"
        r"|supermarkets?|bouw\w*|construction|consult\w+|advies(?:bureau|groep)|accountants|advocaten|lawyers"
        r"|hotels?|horeca|transport\w*|logisti\w+|energie|energy|technie\w+|technolog\w+|industr\w+|group"
        r"|groep|gebr\.?|gebroeders|& zn\.?|& zonen|& sons|brothers|ikea|hema|ahold|albert heijn|jumbo|lidl"
        r"|aldi|unilever|philips|shell|zeeman|c&a|h&m|primark|heineken|frieslandcampina|blokker|asml|dsm|kpmg"
        r"|deloitte|pwc|ey",
    ),
)
_FORM = (
    r"b\.? ?v\.?|n\.? ?v\.?|gmbh|ltd\.?|limited|inc\.?|llc|llp|corp\.?|s\.?a\.?|s\.?p\.?a\.?|sarl"
    r"|s\.?r\.?l\.?"
    r"|v\.?o\.?f\.?|bvba|plc|a\.?g|k\.?g|a\.?b|oy|pvt\.?|s\.l\.?|ltda|lda|jsc|sdn|bhd|co\.|& co|co$"
    r"|a[/.]?s\.?$"
    r"|holdings?"
)
# the works council of a company, as Dutch people write it; small letters would be the English word
_COUNCIL = re.compile(r"(?:De )?[CG]?OR (?=\w)")
# what somebody does there; only words that can hardly mean anything else
_JOBS: tuple[tuple[str, str], ...] = (
    ("unions", r"vakbonds\w*|union (organi[sz]er|officer|secretary)|kaderlid|shop steward"),
    (
        "government",
        r"wethouder|burgemeester|mayor|ambtenaar|civil servant|beleidsmedewerker (ministerie|gemeente"
        r"|provincie)"
        r"|inspecteur|ambassad\w+|gedeputeerde|kamerlid|member of parliament|councillor|raadslid",
    ),
    ("knowledge", r"hoogleraar|professor|prof\.?|lector|lecturer|docent|promovendus"),
    (
        "finance",
        r"belegger|beleggings\w*|portfolio manager|investment \w+|krediet\w*|bankier|banker|underwriter",
    ),
    ("ngos", r"campaign\w*|campagne\w*|vrijwilliger|volunteer|programme officer|lobbyist"),
    ("local", r"bewoner|dorpshoofd|village head|omwonende|resident"),
    ("workers", r"thuiswerk\w*|home ?worker|or-lid|naaister|arbeider|seamstress"),
    (
        "companies",
        r"inkoper|inkoop\w*|buyer|purchas\w+|sourcing \w+|winkelier|retailer|merchandis\w+|eigenaar",
    ),
)
# whole mail domains, without what stands before
_DOMAINS = {
    "government": "minbuza.nl rijksoverheid.nl rvo.nl minezk.nl minszw.nl minienw.nl minlnv.nl minfin.nl"
    " minvws.nl minjenv.nl nlarbeidsinspectie.nl politie.nl amsterdam.nl rotterdam.nl denhaag.nl utrecht.nl"
    " ec.europa.eu europa.eu ser.nl kvk.nl acm.nl overheid.nl",
    "unions": "fnv.nl cnv.nl vcp.nl ituc-csi.org industriall-union.org",
    "knowledge": "tno.nl uu.nl uva.nl vu.nl ru.nl rug.nl eur.nl tudelft.nl utwente.nl wur.nl tue.nl"
    " leidenuniv.nl maastrichtuniversity.nl tilburguniversity.edu cbs.nl cpb.nl pbl.nl rivm.nl",
    "finance": "rabobank.nl ing.com ing.nl abnamro.nl asnbank.nl triodos.nl abp.nl pggm.nl apg.nl achmea.nl"
    " fmo.nl dnb.nl afm.nl",
    "branch": "vno-ncw.nl mkb.nl modint.nl inretail.nl fme.nl",
    "ngos": "oxfamnovib.nl unicef.nl unicef.org greenpeace.org amnesty.nl wwf.nl hivos.org cordaid.org"
    " solidaridadnetwork.org somo.nl schonekleren.nl fairwear.org paxvoorvrede.nl",
}
_BY_DOMAIN = {domain: group for group, domains in _DOMAINS.items() for domain in domains.split()}
_ENDINGS = (
    ("government", r"\.(gov|mil|gob|gouv)(\.\w\w)?$|\.gv\.at$|\.overheid\.nl$|\.admin\.ch$"),
    ("knowledge", r"\.edu(\.\w\w)?$|\.ac\.\w\w$"),
    ("ngos", r"\.ngo$|\.org(\.\w\w)?$"),
)
# everybody may have one of these; and what never is an address (RFC 2606)
_ANYBODY = re.compile(
    r"(^|\.)(gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|ziggo|kpnmail|xs4all|planet"
    r"|hetnet|home"
    r"|casema|telfort|upcmail|chello|proton|protonmail|gmx|web|t-online)\.\w+(\.\w\w)?$"
    r"|(^|\.)example(\.\w+)?$|\.(test|invalid|localhost)$"
)
_LEGAL = re.compile(
    r"[\s,.]+(b\.? ?v|n\.? ?v|gmbh|ltd|limited|inc|llc|llp|plc|corp|s\.?a|sarl|v\.?o\.?f|pvt|holding)"
    r"\.?(?=$|[\s,])"
)


@cache
def suggest_group(text: str) -> str:
    """The key of the seeded group that the words of a name point to; "" when they point nowhere."""
    if _COUNCIL.match(text):
        return "workers"
    low = sort_key(text)
    if clear := _first(_CLEAR, text):
        return clear
    if low == "ing":
        return "finance"
    words = _TRADE if _pattern(_FORM).search(low) else _LIKELY + _TRADE
    return _first(words, text) or ("companies" if words is _TRADE else "")


@cache
def group_of_domain(domain: str) -> str:
    """The group that a mail domain points to: whole when known, else by its words, else by how it ends."""
    parts = domain.split(".")
    for start in range(len(parts) - 1):
        if found := _BY_DOMAIN.get(".".join(parts[start:])):
            return found
    words = " ".join(parts[:-1]).replace("-", " ")
    strong = next((key for key, ending in _ENDINGS[:2] if re.search(ending, domain)), "")
    weak = next((key for key, ending in _ENDINGS[2:] if re.search(ending, domain)), "")
    return strong or suggest_group(words) or weak


def own_domain(email: str) -> str:
    """The domain of an address when it belongs to an organisation; "" for mail anybody may have."""
    domain = email.rpartition("@")[2].casefold()
    return "" if not domain or _ANYBODY.search(domain) else domain


def stem_of(organisation: str) -> str:
    """What stays of a name without legal form and signs: “Yilmaz Wonen B.V.” and “Yilmaz Wonen” are one."""
    bare = _LEGAL.sub("", sort_key(organisation))
    return " ".join(re.findall(r"[^\W_]+", bare))


class Guesser:
    """Learns from what is certain, then answers for what is not; the same input gives the same answer."""

    def __init__(self) -> None:
        self._stems: dict[str, str] = {}
        self._domains: dict[str, str] = {}

    def learn(self, group: str, organisation: str = "", email: str = "") -> None:
        """This organisation, or this domain, speaks for `group`: somebody said so."""
        if not group:
            return
        if stem := stem_of(organisation):
            self._stems.setdefault(stem, group)
        if domain := own_domain(email):
            self._domains.setdefault(domain, group)

    def guess(
        self, organisation: str, people: Iterable[tuple[str, str]] = (), *, is_abroad: bool = False
    ) -> str:
        """The group of an organisation whose people have these addresses and jobs; "" when nothing tells.

        What would be a company at home is a supplier when it is abroad, unless somebody said otherwise.
        """
        people = list(people)
        if said := self._stems.get(stem_of(organisation), ""):
            return said
        domains = [domain for email, _job in people if (domain := own_domain(email))]
        named = suggest_group(organisation) if organisation else ""
        learned = next((self._domains[domain] for domain in domains if domain in self._domains), "")
        if learned and not named:
            return learned
        clues = (
            named,
            *(group_of_domain(domain) for domain in domains),
            _of_jobs(job for _mail, job in people),
        )
        found = next((clue for clue in clues if clue), "")
        return "suppliers" if found == "companies" and is_abroad else found


def _of_jobs(jobs: Iterable[str]) -> str:
    """Of several jobs at one organisation the most telling counts, whoever comes first in the list."""
    low = [sort_key(job) for job in jobs if job]
    return next((key for key, words in _JOBS if any(_pattern(words).search(job) for job in low)), "")


def _first(words: tuple[tuple[str, str], ...], text: str) -> str:
    low = sort_key(text)
    return next((key for key, pattern in words if _pattern(pattern).search(low)), "")


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{words})(?!\w)")
