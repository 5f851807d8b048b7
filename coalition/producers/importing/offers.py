"""What is made and how one buys it, in the words of lists: "eitjes; kaas, aardbeien" and "hoevewinkel"."""

import re
from functools import cache, lru_cache

from unidecode import unidecode

from coalition.producers.seasons import CROPS
from coalition.producers.words import Category, ChannelKind

# Beginnings of words, Dutch, French and English; the longest that fits counts.
_CATEGORIES = {
    Category.EGGS: "ei eitje eieren oeuf egg eggs",
    Category.DAIRY: "zuivel melk kaas kazen boter yoghurt ijs roomijs pudding rijstpap lait fromage beurre yaourt "
    "glace milk cheese butter yogurt ice_cream dairy",
    Category.MEAT: "vlees rund varken kip lam schaap kalkoen gevogelte charcuterie worst viande boeuf porc poulet "
    "agneau volaille meat beef pork chicken lamb poultry sausage bbq",
    Category.FISH: "vis seafood forel paling poisson truite fish trout",
    Category.POTATOES: "aardappel patat frieten pomme_de_terre pommes_de_terre potato",
    Category.BREAD: "brood bloem meel graan gebak koek pasta pain farine bread flour grain cake pizza",
    Category.HONEY: "honing miel honey",
    Category.PRESERVES: "confituur jam jams siroop sap appelsap fruitsap confiture sirop jus juice syrup chutney",
    Category.PREPARED: "soep maaltijd bereid plat_prepare soupe soup meal",
    Category.NUTS: "noten noot hazelno olie koolzaadolie noix huile nut oil",
    Category.DRINKS: "bier wijn cider jenever advocaat biere vin cidre beer wine spirits",
    Category.FLOWERS: "bloemen plant fleur flower kerstbo snijbloem",
    Category.HERBS: "kruiden herbes herb",
    Category.MUSHROOMS: "paddenstoel champignon oesterzwam mushroom",
    Category.BOXES: "pakket groentepakket panier box",
    Category.FRUIT: "fruit kleinfruit bessen bes berry berries",
    Category.VEGETABLES: "groente groenten legume legumes vegetable sla tomate",
}  # fmt: skip
_BY_KIND = {
    "fruit": Category.FRUIT, "noot": Category.NUTS, "kruid": Category.HERBS, "paddenstoel": Category.MUSHROOMS,
}  # fmt: skip
_CHANNELS = {
    ChannelKind.FARM_SHOP: "farm farm_shop hoevewinkel hoeve winkel boerderijwinkel thuisverkoop magasin "
    "magasin_a_la_ferme shop greengrocer",
    ChannelKind.VENDING_MACHINE: "automaat automaten hoeveautomaat vending_machine distributeur "
    "distributeur_automatique",
    ChannelKind.PICK_YOUR_OWN: "zelfpluk zelfoogst plukboerderij pick_your_own cueillette libre_cueillette",
    ChannelKind.CSA: "csa community_supported_agriculture oogstaandeel",
    ChannelKind.MARKET: "markt boerenmarkt marche market",
    ChannelKind.BOX: "pakket groentepakket pakketten abonnement panier paniers box box_scheme",
}  # fmt: skip
_BETWEEN = re.compile(r"[;,\n]")
CHANNELS = {word: kind for kind, words in _CHANNELS.items() for word in words.split()}


def _folded(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", unidecode(words).lower()).strip("_")


def parts_of(words: str) -> list[str]:
    """What stands in one cell with signs between, each once, in order."""
    return list(dict.fromkeys(part for raw in _BETWEEN.split(words) if (part := " ".join(raw.split()))))


@cache
def _crops() -> dict[str, str]:
    """Names of crops in three languages to their slug."""
    names: dict[str, str] = {}
    for slug, crop in CROPS.items():
        for name in (crop.nl, crop.fr, crop.en):
            for one in re.split(r"[/(]", name):
                names.setdefault(_folded(one), slug)
    return names


def crop_of(words: str) -> str:
    """The crop that a word names, in one or in many; empty when it names none."""
    word = _folded(words)
    endings = (("", ""), ("en", ""), ("s", ""), ("es", ""), ("ies", "y"), ("jes", ""), ("elen", "el"), ("x", ""))
    for ending, instead in endings:
        if word.endswith(ending):
            found = _crops().get(word[: len(word) - len(ending)] + instead)
            if found:
                return found
    # Single and double vowels: appelen, peren (peer), pruimen, kersen.
    doubled = re.sub(r"([aeou])([a-z])en$", r"\1\1\2", word)
    return _crops().get(doubled, "")


def _fits(token: str, word: str) -> bool:
    """Short words as a whole; long ones at either end, for in Dutch the end of a compound says what it is."""
    return token == word or (len(word) > 3 and (token.startswith(word) or token.endswith(word)))


@lru_cache(maxsize=2_000)
def category_of(words: str) -> str:
    """The category of a product by its name; empty when the name does not tell."""
    crop = crop_of(words)
    if crop:
        return (
            Category.POTATOES.value if crop == "aardappel" else str(_BY_KIND.get(CROPS[crop].kind, Category.VEGETABLES))
        )
    word = _folded(words)
    tokens = [word, *word.split("_")]
    best, length = "", 0
    for category, beginnings in _CATEGORIES.items():
        for beginning in beginnings.split():
            if len(beginning) > length and any(_fits(token, beginning) for token in tokens):
                best, length = category.value, len(beginning)
    return best


def channel_of(words: str) -> str:
    """How one buys, by the word of a list; empty when it does not tell."""
    kind = CHANNELS.get(_folded(words))
    return kind.value if kind else ""
