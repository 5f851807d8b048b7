"""Where the demonstration takes place: real municipalities, points of their market squares, postcodes and villages.

Facts from public lists (NIS codes of Statbel; postcodes of bpost). Boundaries come from the official file; without it
schematic ones are drawn, and the map says so.
"""

from datetime import date, timedelta

from coalition.territory.actions import sketch_boundaries
from coalition.territory.models import Locality, Municipality
from coalition.territory.rules import regime_of

SCHEMATIC = "Schematisch getekend rond de dorpskernen"
MERGED_ON = date(2025, 1, 1)

# NIS, Dutch name, French name, latitude, longitude, villages with their postcode
PLACES = [
    ("23106", "Pajottegem", "", 50.7572, 4.0476, 
     "1540 Herne,1540 Herfelingen,1541 Sint-Pieters-Kapelle,1570 Galmaarden,"
     "1570 Tollembeek,1570 Vollezele,1755 Gooik,1755 Kester,1755 Leerbeek,1755 Oetingen"),
    ("23104", "Lennik", "", 50.8042, 4.1548, "1750 Sint-Kwintens-Lennik,1750 Sint-Martens-Lennik,1750 Gaasbeek"),
    ("23064", "Pepingen", "", 50.7360, 4.1361,
     "1670 Pepingen,1670 Bogaarden,1670 Heikruis,1671 Elingen,1673 Beert,1674 Bellingen"),
    ("23097", "Roosdaal", "", 50.8314, 4.0880,
     "1760 Roosdaal,1760 Onze-Lieve-Vrouw-Lombeek,1760 Pamel,1760 Strijtem,1761 Borchtlombeek"),
    ("23086", "Ternat", "", 50.8698, 4.1808, "1740 Ternat,1741 Wambeek,1742 Sint-Katherina-Lombeek"),
    ("23077", "Sint-Pieters-Leeuw", "Leeuw-Saint-Pierre", 50.7842, 4.2427,
     "1600 Sint-Pieters-Leeuw,1600 Oudenaken,1600 Sint-Laureins-Berchem,1601 Ruisbroek,1602 Vlezenbeek"),
    ("23009", "Bever", "Biévène", 50.7183, 3.9401, "1547 Bever"),
    ("23027", "Halle", "Hal", 50.7325, 4.2349, "1500 Halle,1501 Buizingen,1502 Lembeek"),
    ("23016", "Dilbeek", "", 50.8465, 4.2621, "1700 Dilbeek,1701 Itterbeek,1702 Groot-Bijgaarden,1703 Schepdaal"),
    ("23098", "Drogenbos", "", 50.7833, 4.3167, "1620 Drogenbos"),
    ("23105", "Affligem", "", 50.9050, 4.1115, "1790 Hekelgem,1790 Essene,1790 Teralfene"),
    ("23044", "Liedekerke", "", 50.8690, 4.0850, "1770 Liedekerke"),
    ("42003", "Berlare", "", 51.0174, 4.0058, "9290 Berlare,9290 Overmere,9290 Uitbergen"),
    ("42026", "Wichelen", "", 51.0048, 3.9736, "9260 Wichelen,9260 Serskamp,9260 Schellebelle"),
    ("42025", "Wetteren", "", 51.0029, 3.8896, "9230 Wetteren,9230 Massemen,9230 Westrem"),
    ("42010", "Laarne", "", 51.0304, 3.8536, "9270 Laarne,9270 Kalken"),
    ("42028", "Zele", "", 51.0701, 4.0403, "9240 Zele"),
    ("44013", "Destelbergen", "", 51.0541, 3.8001, "9070 Destelbergen,9070 Heusden"),
    ("44088", "Merelbeke-Melle", "", 51.0000, 3.7700,
     "9090 Melle,9090 Gontrode,9820 Merelbeke,9820 Bottelare,9820 Munte"),
]  # fmt: skip
# What ended on the last day of 2024: NIS, name, latitude, longitude, successor
MERGED = [
    ("23032", "Herne", 50.7233, 4.0537, "23106"),
    ("23024", "Gooik", 50.7953, 4.1180, "23106"),
    ("23023", "Galmaarden", 50.7529, 3.9710, "23106"),
    ("44043", "Merelbeke", 50.9950, 3.7460, "44088"),
    ("44040", "Melle", 51.0030, 3.8030, "44088"),
]
NEW = {"23106", "44088"}


def settle() -> dict[str, Municipality]:
    """Write the municipalities that are not there yet, add points and villages, and sketch missing boundaries."""
    for nis, name, french, latitude, longitude, villages in PLACES:
        municipality, created = Municipality.objects.get_or_create(
            nis=nis,
            defaults={
                "name_nl": name,
                "name_fr": french,
                "regime": regime_of(nis),
                "valid_from": MERGED_ON if nis in NEW else None,
            },
        )
        if municipality.latitude is None or created:
            municipality.latitude, municipality.longitude = latitude, longitude
            municipality.save()
        for village in villages.split(","):
            postcode, locality = village.split(" ", 1)
            Locality.objects.get_or_create(municipality=municipality, name=locality, postcode=postcode)
    for nis, name, latitude, longitude, successor in MERGED:
        Municipality.objects.get_or_create(
            nis=nis,
            defaults={
                "name_nl": name,
                "latitude": latitude,
                "longitude": longitude,
                "regime": regime_of(nis),
                "valid_until": MERGED_ON - timedelta(days=1),
                "successor": Municipality.objects.get(nis=successor),
            },
        )
    current = Municipality.objects.filter(nis__in=[place[0] for place in PLACES])
    if not current.exclude(boundary="").exists():
        for region in ("23", "4"):
            sketch_boundaries(municipalities=current.filter(nis__startswith=region), source=SCHEMATIC)
    return {municipality.nis: municipality for municipality in current}
