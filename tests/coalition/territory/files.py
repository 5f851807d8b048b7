"""Small files of boundaries, sound unless told otherwise."""

import json


def square(west: float, south: float = 50.7, size: float = 0.1) -> dict:
    east, north = round(west + size, 6), round(south + size, 6)
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def feature(nis: object, name: object, west: float = 4.0, **properties: object) -> dict:
    geometry = properties.pop("geometry", None) or square(west)
    return {"type": "Feature", "properties": {"nis": nis, "name_nl": name, **properties}, "geometry": geometry}


def boundary_file(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


BEFORE = boundary_file(
    feature("23023", "Galmaarden", 3.9), feature("23024", "Gooik", 4.0), feature("23032", "Herne", 4.1),
    feature("23104", "Lennik", 4.2),
)  # fmt: skip
AFTER = boundary_file(
    feature("23106", "Pajottegem", 3.9, merged_from=["23023", "23024", "23032"]), feature("23104", "Lennik", 4.2)
)
MERGERS = (
    b"Fuserende gemeenten,\tNieuwe gemeenten\n"
    b"Galmaarden (23023) + Gooik (23024) + Herne (23032),\tPajottegem (23106)\n"
    b"Bastogne (82003) + Bertogne (82005),\tBastogne (82039)"
)
