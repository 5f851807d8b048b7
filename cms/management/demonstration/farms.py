"""The invented producers of the demonstration, as facts. Every name carries "(demo)"; nobody of them exists."""

from datetime import date, timedelta
from typing import Any

Facts = dict[str, Any]

UNDECIDED = None
PLAIN: tuple[str, ...] = ()
SHOP, MACHINE, PICKING, CSA, MARKET, BOX, PLATFORM, ROUND = (
    "farm_shop", "vending_machine", "pick_your_own", "csa", "market", "box", "platform", "round",
)  # fmt: skip


def product(
    name: str, category: str, allergens: tuple[str, ...] | None = PLAIN, *, crop: str = "", price: int | None = None,
    unit: str = "", traces: tuple[str, ...] = (),
) -> Facts:  # fmt: skip
    """Something that is sold; `allergens` None is not decided yet, empty is none; `price` in cents for one `unit`."""
    state = "undecided" if allergens is None else "contains" if allergens else "none"
    return {
        "name": name, "category": category, "crop": crop, "allergen_state": state, "allergens": list(allergens or ()),
        "may_contain": list(traces), "price_cents": price, "price_unit": unit,
    }  # fmt: skip


def channel(kind: str, name: str = "", hours: str = "", **more: Any) -> Facts:
    return {"kind": kind, "name": name, "opening_hours": hours, **more}


def farm(code: str, number: str, name: str, where: tuple[str, str, float, float], story: str, **more: Any) -> Facts:
    """The facts of one producer; `number` is his enterprise number, `where` postcode, village, latitude, longitude."""
    postcode, place, latitude, longitude = where
    # "Hoeve Zeven Schoven" writes from zevenschoven@, as the reader of the digest does.
    own = "".join(letter for letter in name.lower().partition(" ")[2] if letter.isascii() and letter.isalpha())
    return {
        "code": code, "name": f"{name} (demo)", "story": story, "enterprise_number": number, "postcode": postcode,
        "place": place, "latitude": latitude, "longitude": longitude, "email": f"{own}@boer.example.org",
        "phone": f"02 000 00 {code[1:]}", "website": f"https://{own}.example.org", "street": "Demonstratieweg 1",
        "shown": ["phone", "website", "address"], **more,
    }  # fmt: skip


def farms(today: date) -> list[Facts]:
    """The producers of both coalitions; certificates and closures move with the day of today."""
    return [*_pajotse_velden(today), *_scheldemeersen(today)]


def _in(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()


def _pajotse_velden(today: date) -> list[Facts]:
    return [
        farm(
            "P01", "1999.000.150", "Hoeve Zeven Schoven", ("1755", "Gooik", 50.795, 4.118),
            "Op onze akkers rond de Ham groeien prei, kolen, aardappelen en ajuin. Wat je in de winkel vindt, is die "
            "week geoogst. Grond aan de groenten wassen we er niet af: zo blijven ze langer vers.",
            opening_hours="We-Fr 09:00-12:00,13:30-18:00; Sa 09:00-16:00; PH off", contact_name="Familie De Demo",
            products=[
                product("Prei", "vegetables", crop="prei", price=240, unit="kg"),
                product("Savooikool", "vegetables", crop="savooikool", price=220, unit="stuk"),
                product("Aardappelen, bloemig", "potatoes", crop="aardappel", price=550, unit="5 kg"),
                product("Ajuin", "vegetables", crop="ajuin", price=180, unit="kg"),
            ],
            channels=[channel(SHOP, is_accessible=True), channel(ROUND), channel(MARKET, "Rondreizende boerenmarkt")],
            labels=[{"kind": "farm_product"}], favv_level="primary",
        ),
        farm(
            "P02", "1999.000.249", "Melkerij Blinkhoorn", ("1540", "Herfelingen", 50.748, 4.100),
            "Veertig koeien, elk met een naam. Van een deel van de melk maken we zelf kaas en yoghurt. De automaat op "
            "het erf vullen we elke ochtend voor zeven uur.",
            opening_hours="24/7", hours_note="De automaat; kaas alleen bestelbaar", processes=True,
            favv_level="approved", contact_name="Lies Demo",
            products=[
                product("Rauwe melk, op de hoeve", "dairy", ("milk",), price=120, unit="liter"),
                product("Jonge kaas", "dairy", ("milk",), price=1650, unit="kg"),
                product("Yoghurt natuur", "dairy", ("milk",), price=290, unit="pot van 500 g"),
            ],
            channels=[channel(MACHINE, "Melkautomaat", "24/7", is_accessible=True), channel(ROUND)],
            labels=[{"kind": "farm_product"}],
        ),
        farm(
            "P03", "1999.000.348", "Fruithof Nazomer", ("1670", "Pepingen", 50.736, 4.136),
            "Appels en peren van hoogstam en laagstam, en sap uit eigen pers. Proef eerst, kies dan: in de winkel "
            "staat altijd een plank open.",
            opening_hours="Mo-Sa 09:00-18:00; PH off", processes=True, favv_level="registered",
            products=[
                product("Appels", "fruit", crop="appel", price=210, unit="kg"),
                product("Peren", "fruit", crop="peer", price=230, unit="kg"),
                product("Appelsap", "preserves", price=380, unit="liter"),
            ],
            channels=[channel(SHOP), channel(ROUND), channel(MARKET, "Donderdagmarkt Lennik", "Th 08:00-12:00")],
            closures=[{"first_day": _in(today, 5), "last_day": _in(today, 12), "reason": "jaarlijks verlof"}],
        ),
        farm(
            "P04", "1999.000.447", "Zelfpluk Tureluur", ("1755", "Oetingen", 50.773, 4.063),
            "Je plukt zelf: aardbeien, frambozen en bloemen. Breng potjes mee, of koop er een van ons. Kinderen zijn "
            "welkom, honden wachten aan de poort.",
            opening_hours="Jun-Sep We,Sa-Su 10:00-18:00", hours_note="Bij hevige regen gesloten", reach="phone",
            products=[
                product("Aardbeien", "fruit", crop="aardbei", price=590, unit="kg"),
                product("Frambozen", "fruit", crop="framboos", price=990, unit="kg"),
                product("Snijbloemen", "flowers", price=50, unit="steel"),
            ],
            channels=[channel(PICKING, "", "Jun-Sep We,Sa-Su 10:00-18:00", is_accessible=False)],
        ),
        farm(
            "P05", "1999.000.546", "CSA Het Rakelveld", ("1750", "Gaasbeek", 50.800, 4.189),
            "Honderdtwintig gezinnen delen de oogst, en het risico. Achtenveertig weken per jaar ligt er een pakket "
            "klaar. Voor dit seizoen zitten we vol; zet je op de wachtlijst voor het volgende.",
            opening_hours="Tu,Fr 16:00-19:00",
            products=[product("Groentepakket", "boxes", ("celery",), price=2200, unit="week")],
            channels=[channel(CSA, is_full=True, note="Wachtlijst voor volgend seizoen")],
            labels=[{
                "kind": "organic", "certificate": "DEMO-2026-05", "body": "BE-BIO-01", "expires_on": _in(today, 220),
            }],
        ),
        farm(
            "P06", "1999.000.645", "Imkerij Zoemgrond", ("1602", "Vlezenbeek", 50.808, 4.232),
            "Dertig kasten tussen boomgaarden en houtkanten. Lentehoning en zomerhoning blijven apart, want ze smaken "
            "anders. Van de was maken we kaarsen.",
            opening_hours='unknown "op afspraak"', processes=True, favv_level="registered",
            products=[
                product("Lentehoning", "honey", price=850, unit="pot van 500 g"),
                product("Kaarsen van bijenwas", "other", price=600, unit="stuk"),
            ],
            channels=[channel(ROUND), channel(MARKET, "Rondreizende boerenmarkt")],
        ),
        farm(
            "P07", "1999.000.744", "Geitenhof Klaverdonk", ("1570", "Tollembeek", 50.741, 4.007),
            "Zestig geiten lopen van april tot november buiten. We maken er verse kaas van en een harde die negen "
            "maanden rijpt.",
            opening_hours="Th-Sa 10:00-17:00; PH off", processes=True, favv_level="approved",
            products=[
                product("Verse geitenkaas", "dairy", ("milk",), price=420, unit="stuk"),
                product("Harde geitenkaas", "dairy", ("milk",), price=2400, unit="kg"),
            ],
            channels=[channel(SHOP), channel(ROUND)],
            # This certificate has run out: the label is not shown.
            labels=[{
                "kind": "organic", "certificate": "DEMO-2025-07", "body": "BE-BIO-02", "expires_on": _in(today, -30),
            }],
        ),
        farm(
            "P08", "1999.000.843", "Witlooftrekkerij Donkerbak", ("1755", "Kester", 50.764, 4.119),
            "Grondwitloof, getrokken in het donker onder stro en aarde. Het vraagt geduld en het smaakt ernaar.",
            opening_hours="Nov-Apr Mo-Sa 09:00-12:00",
            products=[product("Grondwitloof", "vegetables", crop="witloof", price=650, unit="kg")],
            channels=[channel(SHOP, "", "Nov-Apr Mo-Sa 09:00-12:00"), channel(MARKET, "Donderdagmarkt Lennik")],
            labels=[{"kind": "regional"}],
        ),
        farm(
            "P09", "1999.000.942", "Slagershoeve Rossekoe", ("1670", "Heikruis", 50.735, 4.112),
            "Onze runderen eten gras en hooi van eigen weiden. Het vlees komt in pakketten van vijf kilo, diepgevroren "
            "en met de naam van het rund erop.",
            opening_hours='Fr 14:00-18:00 || "op afspraak"', processes=True, favv_level="authorised",
            products=[
                product("Rundspakket, diepvries", "meat", price=1590, unit="kg"),
                product("Hamburger", "meat", ("gluten", "mustard"), price=1790, unit="kg", traces=("celery",)),
            ],
            channels=[channel(ROUND, note="Koelketen tot aan het afhaalpunt")],
        ),
        farm(
            "P10", "1999.001.041", "Bakhuis De Vlegel", ("1741", "Wambeek", 50.853, 4.163),
            "Brood van tarwe en spelt uit de streek, gebakken op dinsdag en vrijdag in een oven op hout.",
            opening_hours="Tu,Fr 15:00-18:30; Sa 08:00-12:00", processes=True, favv_level="authorised",
            guest="Ternat heeft zijn lidmaatschap aangevraagd",
            products=[
                product("Speltbrood", "bread", ("gluten",), price=480, unit="800 g", traces=("nuts", "sesame")),
                product("Tarwebloem", "bread", ("gluten",), price=260, unit="kg"),
            ],
            channels=[channel(SHOP, is_accessible=True), channel(ROUND), channel(MARKET)],
        ),
        farm(
            # He dries tea and has not told yet how the food agency knows him: he is not shown.
            "P11", "1999.001.140", "Kruidenij Nachtuil", ("1760", "Strijtem", 50.841, 4.117),
            "Munt, citroenmelisse, salie en dertig andere kruiden, vers in potten of gedroogd als thee.",
            opening_hours="Sa 10:00-16:00", processes=True,
            products=[product("Muntthee", "herbs", price=550, unit="40 g"), product("Tijm in pot", "herbs")],
            channels=[channel(MARKET, "Rondreizende boerenmarkt", "Su[1] 09:00-13:00")],
        ),
        farm(
            "P12", "1999.001.239", "Paddenstoelerij Zolder Negen", ("1601", "Ruisbroek", 50.790, 4.299),
            "Oesterzwammen op koffiedik uit de kantoren van de buurt.", step="asked",
            products=[product("Oesterzwam", "mushrooms", price=1400, unit="kg")],
            channels=[channel(ROUND), channel(PLATFORM, "Horecabestelling", url="https://zoldernegen.example.org")],
        ),
        farm(
            "P13", "1999.001.338", "Stokerij Late Peer", ("1760", "Pamel", 50.845, 4.071),
            "Stroop uit peren en cider van valappels. Cider verkopen we alleen aan wie zestien is.",
            opening_hours="Sa 14:00-18:00", processes=True, favv_level="authorised",
            products=[
                product("Perenstroop", "preserves", price=650, unit="pot van 450 g"),
                # He has not decided on the sulphites: this one is not shown.
                product("Cider", "drinks", UNDECIDED, price=750, unit="fles van 75 cl"),
            ],
            channels=[channel(SHOP), channel(MARKET)],
        ),
        farm(
            "P14", "1999.001.437", "Pluimveehof Kakelgrond", ("1755", "Leerbeek", 50.778, 4.119),
            "Onze kippen scharrelen onder fruitbomen. Eieren haal je dag en nacht uit de automaat aan de straat.",
            opening_hours="24/7", favv_level="registered",
            products=[
                product("Eieren", "eggs", ("eggs",), price=330, unit="10 stuks"),
                product("Soepkip", "meat", price=890, unit="stuk"),
            ],
            channels=[channel(MACHINE, "Eierautomaat", "24/7", is_accessible=True), channel(ROUND)],
        ),
        farm(
            "P15", "1999.001.536", "Bessenhof Purperhand", ("1670", "Bogaarden", 50.740, 4.136),
            "Rode en blauwe bessen, van juli tot september.", step="draft",
            products=[product("Rode bessen", "fruit", crop="rodebes"), product("Blauwe bessen", "fruit")],
            channels=[channel(ROUND, note="juli tot september")],
        ),
        farm(
            "P16", "1999.001.635", "Boomgaard Driebeuk / Verger des Trois Hêtres", ("1547", "Bever", 50.718, 3.940),
            "Kersen en pruimen van oude bomen, op de taalgrens.\n\nCerises et prunes de vieux arbres, sur la frontière "
            "linguistique. On vous accueille dans les deux langues.",
            opening_hours="Jun-Sep Fr-Su 10:00-18:00",
            products=[
                product("Kersen / Cerises", "fruit", crop="kers", price=790, unit="kg"),
                product("Pruimen / Prunes", "fruit", crop="pruim", price=350, unit="kg"),
            ],
            channels=[channel(SHOP, "Hoevewinkel / Magasin à la ferme", "Jun-Sep Fr-Su 10:00-18:00")],
        ),
        farm(
            "P17", "1999.001.734", "Hoeve-ijs Kouwe Lepel", ("1761", "Borchtlombeek", 50.848, 4.140),
            "IJs van de melk van onze eigen koeien. In de winter rusten de machines, en wij ook.",
            opening_hours="Apr-Sep We-Su 13:00-20:00", processes=True, favv_level="authorised",
            products=[
                product("Vanille-ijs", "dairy", ("milk", "eggs"), price=650, unit="liter", traces=("nuts", "gluten")),
                product("Aardbeisorbet", "dairy", price=650, unit="liter", traces=("milk",)),
            ],
            channels=[channel(SHOP, "IJssalon", "Apr-Sep We-Su 13:00-20:00", is_accessible=True)],
        ),
        farm(
            "P18", "1999.001.833", "Graanmolen Roerom", ("1742", "Sint-Katherina-Lombeek", 50.873, 4.156),
            "Spelt en tarwe van zes akkerbouwers, gemalen tussen stenen.", processes=True, favv_level="authorised",
            opening_hours="Mo-Fr 08:00-12:00; PH off", guest="Ternat heeft zijn lidmaatschap aangevraagd",
            products=[product("Speltbloem", "bread", ("gluten",), price=310, unit="kg")], channels=[channel(ROUND)],
        ),
        farm(
            "P19", "1999.001.932", "Groentehof De Dwarse Wortel", ("1671", "Elingen", 50.779, 4.171),
            "Wortelen in drie kleuren, bieten en pastinaken. We leveren ook aan grootkeukens, geschrapt of met grond.",
            opening_hours="Fr 13:00-18:00", step="changed",
            products=[
                product("Wortelen", "vegetables", crop="wortel", price=190, unit="kg"),
                product("Rode biet", "vegetables", crop="rodebiet", price=210, unit="kg"),
                product("Pastinaak", "vegetables", crop="pastinaak", price=290, unit="kg"),
            ],
            channels=[channel(ROUND), channel(PLATFORM, "Grootkeukens", url="https://dwarsewortel.example.org")],
            labels=[{
                "kind": "in_conversion", "certificate": "DEMO-2026-19", "body": "BE-BIO-01",
                "expires_on": _in(today, 150),
            }],
        ),
        farm(
            # A garden of neighbours: no enterprise, no sale.
            "P20", "", "Samentuin Het Spinhok vzw", ("1740", "Ternat", 50.870, 4.181),
            "Veertig buren tuinieren samen. We verkopen niets; wie komt helpen, neemt mee wat er is.",
            opening_hours="Sa 09:00-12:00", guest="Ternat heeft zijn lidmaatschap aangevraagd",
        ),
    ]  # fmt: skip


def _scheldemeersen(today: date) -> list[Facts]:
    return [
        farm(
            "P21", "1999.002.130", "Veehof Natte Meers", ("9290", "Uitbergen", 51.023, 3.954),
            "Onze koeien grazen in de meersen langs de Schelde, van mei tot het water komt. Alleen gras en hooi.",
            opening_hours="Sa 09:00-12:00; PH off", favv_level="authorised", processes=True, in_both=True,
            products=[product("Grasgevoerd rund, pakket", "meat", price=1650, unit="kg")],
            channels=[channel(ROUND), channel(SHOP)],
        ),
        farm(
            "P22", "1999.002.229", "Kaasmakerij Schoorwind", ("9270", "Kalken", 51.038, 3.918),
            "Kaas van rauwe melk, in vijf smaken. Op zaterdag zie je ons door het venster aan het werk.",
            opening_hours="Tu-Fr 13:00-18:00; Sa 09:00-17:00; PH off", favv_level="approved", processes=True,
            products=[
                product("Kaas natuur", "dairy", ("milk",), price=1750, unit="kg"),
                product("Kaas met mosterd", "dairy", ("milk", "mustard"), price=1850, unit="kg"),
            ],
            channels=[channel(ROUND), channel(MARKET, "Zomeravondmarkt Meersen", "Jul-Aug Fr 17:00-21:00")],
        ),
        farm(
            "P23", "1999.002.328", "Lamsvlees Slijkgat", ("9260", "Schellebelle", 51.012, 3.929),
            "Schapen houden de dijken kort. In het najaar is er lam, in halve en hele pakketten.",
            opening_hours="Sep-Dec Sa 10:00-15:00", favv_level="authorised", processes=True,
            products=[product("Lamspakket, half", "meat", price=1990, unit="kg")], channels=[channel(ROUND)],
        ),
        farm(
            "P24", "1999.002.427", "Ganzenhoeve Driehoeksluis", ("9070", "Heusden", 51.027, 3.804),
            "Ganzen, eenden en parelhoenders, buiten gekweekt. Bestel voor de feestdagen ten laatste op 10 december.",
            opening_hours="Th-Sa 09:00-18:00; Dec 24,Dec 31 08:00-14:00", guest="Destelbergen kijkt mee als waarnemer",
            products=[product("Gans", "meat", price=1390, unit="kg"), product("Eendeneieren", "eggs", ("eggs",))],
            channels=[channel(SHOP, is_accessible=True)],
        ),
    ]  # fmt: skip
