"""When crops of Flanders are there: fresh from the field, local under glass, or from storage, month by month.

The figures are well-known facts of Flemish growing, to be read again by a grower; a coalition may know better
(`Season`). Ranges of months wrap round the year: "10-5" is October to May; several are joined by a comma.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition.base.errors import Refusal

MONTHS = range(1, 13)
Months = tuple[str, str, str]


class SeasonState(StrEnum):
    """How a crop is there in a month, the freshest first."""

    FRESH = "fresh"
    GLASS = "glass"
    STORAGE = "storage"
    NONE = "none"


@dataclass(frozen=True)
class Crop:
    """A crop: its name in each language, its kind, and the months of each state as ranges."""

    slug: str
    nl: str
    fr: str
    en: str
    kind: str
    fresh: str
    glass: str
    storage: str

    @property
    def name(self) -> str:
        """The name in the language of this visit."""
        return {"fr": self.fr, "en": self.en}.get(get_language() or "nl", self.nl)

    @property
    def months(self) -> Months:
        return self.fresh, self.glass, self.storage


_TABLE = """
aardappel;Aardappel;Pomme de terre;Potato;knol;6-10;;10-5
ajuin;Ajuin;Oignon;Onion;bol;7-9;;9-4
andijvie;Andijvie;Chicorée scarole/frisée;Endive;blad;5-11;3-4;
artisjok;Artisjok;Artichaut;Artichoke;vrucht;6-10;;
asperge;Asperge (wit);Asperge;Asparagus;stengel;4-6;3-4;
aardpeer;Aardpeer;Topinambour;Jerusalem artichoke;knol;10-3;;
aubergine;Aubergine;Aubergine;Aubergine;vrucht;;4-10;
bleekselder;Bleekselder;Céleri à côtes;Celery;stengel;6-11;4-5;
bloemkool;Bloemkool;Chou-fleur;Cauliflower;kool;5-11;;
boerenkool;Boerenkool;Chou frisé (kale);Kale;kool;10-2;;
boontjes;Prinsessenbonen;Haricots verts;Green beans;peul;7-9;6-10;
broccoli;Broccoli;Brocoli;Broccoli;kool;6-11;;
champignon;Champignon;Champignon;Mushroom;paddenstoel;;1-12;
chinesekool;Chinese kool;Chou chinois;Chinese cabbage;kool;6-11;;12-1
courgette;Courgette;Courgette;Courgette;vrucht;6-10;5-10;
doperwt;Erwtjes;Petits pois;Peas;peul;6-7;;
knoflook;Look;Ail;Garlic;bol;6-8;;9-3
knolselder;Knolselder;Céleri-rave;Celeriac;knol;9-11;;12-4
komkommer;Komkommer;Concombre;Cucumber;vrucht;;3-10;
koolrabi;Koolrabi;Chou-rave;Kohlrabi;kool;5-10;;
kropsla;Kropsla;Laitue pommée;Lettuce;blad;5-10;11-4;
paprika;Paprika;Poivron;Sweet pepper;vrucht;;4-10;
pastinaak;Pastinaak;Panais;Parsnip;wortel;10-3;;
peterselie;Peterselie;Persil;Parsley;kruid;5-10;11-4;
pompoen;Pompoen;Potiron/courge;Pumpkin;vrucht;9-11;;10-2
prei;Prei;Poireau;Leek;stengel;7-4;;
raap;Raapjes;Navet;Turnip;wortel;5-11;;12-2
rabarber;Rabarber;Rhubarbe;Rhubarb;stengel;4-7;3-3;
radijs;Radijs;Radis;Radish;wortel;4-9;2-3,10-11;
rammenas;Rammenas;Radis noir;Black radish;wortel;9-12;;1-2
rodebiet;Rode biet;Betterave rouge;Beetroot;wortel;7-10;;11-4
rodekool;Rode kool;Chou rouge;Red cabbage;kool;8-11;;12-4
rucola;Rucola;Roquette;Rocket;blad;5-10;11-4;
savooikool;Savooikool;Chou de Savoie;Savoy cabbage;kool;8-3;;
schorseneer;Schorseneer;Salsifis noir (scorsonère);Black salsify;wortel;10-3;;
spinazie;Spinazie;Épinard;Spinach;blad;4-6,9-11;2-3;
spitskool;Spitskool;Chou pointu;Pointed cabbage;kool;5-10;;
spruiten;Spruitjes;Choux de Bruxelles;Brussels sprouts;kool;10-3;;
suikermais;Suikermaïs;Maïs doux;Sweetcorn;vrucht;8-10;;
tomaat;Tomaat;Tomate;Tomato;vrucht;7-9;4-11;
tuinboon;Tuinboon;Fève des marais;Broad bean;peul;6-7;;
veldsla;Veldsla;Mâche;Lamb's lettuce;blad;10-3;10-4;
venkel;Knolvenkel;Fenouil;Fennel;stengel;6-10;;
warmoes;Warmoes/snijbiet;Bette (blette);Chard;blad;5-10;4-4;
winterpostelein;Winterpostelein;Claytone de Cuba;Winter purslane;blad;;11-4;
witloof;Witloof;Chicon;Belgian endive;blad;;9-5;
wittekool;Witte kool;Chou blanc;White cabbage;kool;7-11;;12-4
wortel;Wortel;Carotte;Carrot;wortel;6-10;;11-4
aardbei;Aardbei;Fraise;Strawberry;fruit;6-9;4-5,10-11;
appel;Appel;Pomme;Apple;fruit;8-10;;11-5
blauwebes;Blauwe bes;Myrtille;Blueberry;fruit;7-9;;
braam;Braam;Mûre;Blackberry;fruit;7-9;;
framboos;Framboos;Framboise;Raspberry;fruit;6-10;5-11;
kers;Kers;Cerise;Cherry;fruit;6-7;;
peer;Peer;Poire;Pear;fruit;8-10;;11-4
pruim;Pruim;Prune;Plum;fruit;7-9;;
rodebes;Rode bes;Groseille rouge;Redcurrant;fruit;7-8;;9-11
stekelbes;Stekelbes;Groseille à maquereau;Gooseberry;fruit;6-7;;
tafeldruif;Tafeldruif (serre);Raisin de table;Table grape;fruit;;8-11;
walnoot;Walnoot;Noix;Walnut;noot;9-10;;11-3
"""

CROPS: dict[str, Crop] = {crop.slug: crop for crop in (Crop(*line.split(";")) for line in _TABLE.strip().splitlines())}


def clean_months(text: str) -> str:
    """Ranges of months as they are kept: "7-4" or "2-3,10-11"; raises Refusal for what are no months."""
    ranges = [part.strip() for part in text.replace("–", "-").replace(" ", "").split(",") if part.strip()]
    for part in ranges:
        ends = part.split("-")
        if len(ends) > 2 or not all(end.isascii() and end.isdecimal() and 1 <= int(end) <= 12 for end in ends):
            words = _("“%(text)s” are no months: write 7-10, or 10-5 over the turn of the year.")
            raise Refusal(words % {"text": part[:20]})
    joined = ",".join("-".join(str(int(end)) for end in part.split("-")) for part in ranges)
    if len(joined) > 40:
        raise Refusal(_("These are too many ranges of months."))
    return joined


def months_of(text: str) -> frozenset[int]:
    """The months that ranges name, 1 to 12; those of "10-5" go over the turn of the year."""
    months: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _dash, last = part.partition("-")
        begin, end = int(first), int(last or first)
        months.update((begin - 1 + step) % 12 + 1 for step in range((end - begin) % 12 + 1))
    return frozenset(months)


def state_of(months: Months, month: int) -> SeasonState:
    """How a crop with these ranges is there in `month`; the freshest state counts."""
    for state, text in zip(SeasonState, months, strict=False):
        if month in months_of(text):
            return state
    return SeasonState.NONE


def strip(months: Months) -> list[SeasonState]:
    """The twelve states of a year, January first."""
    sets = [months_of(text) for text in months]
    return [
        next((state for state, held in zip(SeasonState, sets, strict=False) if month in held), SeasonState.NONE)
        for month in MONTHS
    ]


def back_when(months: Months, month: int) -> int | None:
    """The next month, from `month` on, in which a crop is there in any way; None when it never is."""
    year = strip(months)
    for ahead in range(12):
        later = (month - 1 + ahead) % 12 + 1
        if year[later - 1] != SeasonState.NONE:
            return later
    return None


def calendar(known_better: Mapping[str, Months] | None = None) -> dict[str, Months]:
    """The ranges of every crop as a coalition goes by them."""
    return {slug: crop.months for slug, crop in CROPS.items()} | {
        slug: months for slug, months in (known_better or {}).items() if slug in CROPS
    }


def in_season(months_by_crop: Mapping[str, Months], month: int) -> list[str]:
    """The crops that are there in `month`, the freshest state first, then by name."""
    order = list(SeasonState)
    found = [(order.index(state_of(months, month)), CROPS[slug].nl, slug) for slug, months in months_by_crop.items()]
    return [slug for rank, _name, slug in sorted(found) if order[rank] != SeasonState.NONE]
