"""What columns are called in Dutch, French and English lists and in OpenStreetMap, and what of a profile each is."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from unidecode import unidecode

# Field to its name; the order in which a form offers them.
FIELDS: dict[str, Promise] = {
    "name": _("name"),
    "story": _("story"),
    "products": _("products, with commas or semicolons between"),
    "channels": _("how one buys"),
    "opening_hours": _("opening hours"),
    "hours_note": _("remark about the hours"),
    "street": _("street and number"),
    "house_number": _("house number"),
    "postcode": _("postcode"),
    "place": _("village or town"),
    "address": _("whole address in one cell"),
    "latitude": _("latitude (or y)"),
    "longitude": _("longitude (or x)"),
    "phone": _("telephone number"),
    "email": _("e-mail address"),
    "website": _("website"),
    "contact_name": _("name of the contact"),
    "enterprise_number": _("enterprise number"),
    "establishment_number": _("establishment number"),
    "favv_number": _("number at the food agency"),
    "organic": _("organic (yes or no)"),
    "source_key": _("number in the list it comes from"),
}

_GUESSES = {
    "name": "naam nom name bedrijf bedrijfsnaam hoeve hoevenaam producent producteur producer titel benaming "
    "naam_bedrijf farm ferme operator brand name_nl",
    "story": "verhaal omschrijving beschrijving description description_nl verhaal_van_de_hoeve info toelichting story "
    "presentation",
    "products": "producten product aanbod assortiment produits produit products offre vending produce sells verkoopt",
    "channels": "verkoopkanaal verkoopkanalen verkoop verkooppunt kanaal canal canaux_de_vente channel channels shop "
    "amenity type soort",
    "opening_hours": "openingsuren openingstijden uren open opening_hours horaire heures_d_ouverture opening_times "
    "hours",
    "hours_note": "opmerking_uren opmerking_openingsuren note_horaire",
    "street": "straat straatnaam straat_en_nummer straat_nr rue street addr_street rue_et_numero",
    "house_number": "huisnummer nummer huisnr nr numero no house_number housenumber addr_housenumber",
    "postcode": "postcode postnummer pc zip code_postal cp addr_postcode postal_code zipcode",
    "place": "deelgemeente dorp plaats woonplaats stad gemeente commune ville localite place addr_city village "
    "town city municipality",
    "address": "adres adresse address volledig_adres addr_full adresse_complete",
    "latitude": "latitude lat breedtegraad breedte y lambert_y y_lambert y_coordinaat",
    "longitude": "longitude lon lng long lengtegraad lengte x lambert_x x_lambert x_coordinaat",
    "phone": "telefoon telefoonnummer tel gsm mobiel mobile telephone phone contact_phone contact_mobile telephone_1",
    "email": "email e_mail mail e_mailadres mailadres emailadres courriel contact_email email_address",
    "website": "website webstek site web url site_web contact_website webadres",
    "contact_name": "contact contactpersoon naam_contact contact_name personne_de_contact verantwoordelijke boer",
    "enterprise_number": "kbo kbo_nummer ondernemingsnummer btw btw_nummer bce numero_d_entreprise numero_bce tva vat "
    "enterprise_number vat_number",
    "establishment_number": "vestigingsnummer vestigingseenheid numero_d_etablissement establishment_number",
    "favv_number": "favv favv_nummer erkenningsnummer afsca numero_afsca food_agency_number",
    "organic": "bio biologisch organic biologique",
    "source_key": "id osm_id volgnummer sleutel identifiant",
}
RANKS = {word: rank for words in _GUESSES.values() for rank, word in enumerate(words.split())}
GUESSES = {word: field for field, words in _GUESSES.items() for word in words.split()}
# More than one column may fill these; of all others the first column that says something counts.
JOINED = ("products", "channels")


def folded(name: str) -> str:
    """The name of a column without case, accents and signs: "E-mailadres" is e_mailadres."""
    return re.sub(r"[^a-z0-9]+", "_", unidecode(name).lower()).strip("_")


@cache
def _own_words() -> dict[str, str]:
    """What our own tables call the fields, in each language: what we give out we can read in."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names |= {folded(str(label)): field for field, label in FIELDS.items()}
    return names


def guess_columns(head: Iterable[str]) -> dict[str, str]:
    """Column to field, for the columns of which the name tells."""
    names = _own_words() | GUESSES
    found = {column: names.get(folded(column), "") for column in head}
    return {column: field for column, field in found.items() if field}


def clean_mapping(head: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """What was said of the columns, as far as there are such columns and fields."""
    return {column: mapping[column] for column in head if mapping.get(column) in FIELDS}


def likeliest_first(mapping: Mapping[str, str]) -> dict[str, str]:
    """The same, the column with the plainest name first: a name before an operator, a village before a municipality."""
    return dict(sorted(mapping.items(), key=lambda pair: RANKS.get(folded(pair[0]), len(RANKS))))


def head_sha256(head: Iterable[str]) -> str:
    """The same for every file with the same columns, in whatever order."""
    names = "\n".join(sorted({folded(column) for column in head}))
    return hashlib.sha256(names.encode()).hexdigest()
