"""Reads a 1C infobase with python-1c-odata and compares what it finds with what is expected.

    read_infobase.py ADDRESS LOGIN PASSWORD EXPECTED.json

EXPECTED.json maps the path of a set, or of a virtual table, to rows with the fields that matter. A
set may hold more than is expected only where it holds groups too. Prints what differs; the exit
status says whether anything does.
"""

import asyncio
import json
import sys

from python_1c_odata import (
    AccumulationRegister, Document, EntityNotFound, Infobase, InformationRegister, ODataError)
from python_1c_odata.entity import EntitySet

IDENTITIES = ["Ref_Key", "Номенклатура_Key", "Характеристика_Key", "ВидЦен_Key", "ВидЦены_Key",
              "Склад_Key", "СтруктурнаяЕдиница", "НомерЗаписи", "Документ"]
problems = []


def entity_set(infobase, name):
    kind, rest = name.split("_", 1)
    found = EntitySet(infobase, rest)
    found.kind = kind
    return found


def identity(row):
    if "Ref_Key" in row:
        return (row["Ref_Key"],)
    return tuple(row.get(name) for name in IDENTITIES if name in row)


def equal(expected, found):
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, (int, float)) and isinstance(found, (int, float)):
        return abs(expected - found) < 0.0005
    if isinstance(expected, list):
        return isinstance(found, list) and len(expected) == len(found) and all(
            equal(value, found[index].get(name))
            for index, row in enumerate(expected) for name, value in row.items())
    return expected == found


def compare(path, expected, found):
    names = set(expected[0]) if expected else set()
    by_identity = {}
    for row in found:
        own = identity({name: row.get(name) for name in row if name in names})
        if own in by_identity:
            problems.append(f"{path}: {own} comes twice")
        by_identity[own] = row
    for row in expected:
        other = by_identity.pop(identity(row), None)
        if other is None:
            problems.append(f"{path}: {identity(row)} is missing")
            continue
        for name, value in row.items():
            if not equal(value, other.get(name)):
                problems.append(
                    f"{path}: {identity(row)}: {name} is {other.get(name)!r}, not {value!r}")
    for own, row in by_identity.items():
        if not row.get("IsFolder"):
            problems.append(f"{path}: {own} is not expected")


async def read_set(infobase, name, expected):
    found = entity_set(infobase, name)
    order = "Ref_Key" if "Ref_Key" in (await keys(infobase, name)) else None
    if order is None:
        return [row async for row in found.iterate(page_size=10**6)]
    rows = [row async for row in found.iterate(page_size=37, orderby=order)]
    count = await found.count()
    if count != len(rows):
        problems.append(f"{name}: {len(rows)} rows, but {count} counted")
    if expected and rows:
        one = await found.get(rows[-1]["Ref_Key"])
        for name_, value in rows[-1].items():
            if not name_.endswith("@navigationLinkUrl") and one.get(name_) != value:
                problems.append(f"{name}: {name_} differs when read alone")
    return rows


async def keys(infobase, name):
    return (await infobase.entity_type_for_set(name)).keys


async def read_virtual(infobase, path):
    """All rows of a virtual table, by the client's own methods."""
    entity, function = path.split("/")
    name = entity.split("_", 1)[1].removesuffix("_RecordType")
    if function == "Balance()":
        return (await AccumulationRegister(infobase, name).balance())["value"]
    register = InformationRegister(
        infobase, name, record_type=entity.endswith("_RecordType"))
    rows = (await register.slice_last())["value"]
    one = rows[0]["Номенклатура_Key"]
    # A quote inside a condition is doubled, which the client leaves to its caller.
    some = await register.slice_last(
        period="2030-01-01T00:00:00", condition=f"Номенклатура_Key eq guid''{one}''")
    if len(some["value"]) != sum(row["Номенклатура_Key"] == one for row in rows):
        problems.append(f"{path}: {len(some['value'])} prices of {one}")
    if (await register.slice_last(period="2001-01-01T00:00:00"))["value"]:
        problems.append(f"{path}: there are prices before there was anything")
    return rows


async def read_by_year(infobase, name, expected):
    """A filter by date, through the client's builder of queries."""
    own = Document(infobase, name.split("_", 1)[1])
    wish = own.where("Date ge datetime'2025-01-01T00:00:00'").orderby("Date")
    rows = [row async for row in wish.iterate(page_size=40)]
    wanted = sum(row["Date"] >= "2025-01-01" for row in expected)
    if len(rows) != wanted or await wish.count() != wanted:
        problems.append(f"{name}: {len(rows)} since 2025, not {wanted}")


async def read(address, login, password, expected):
    server, base = address.rstrip("/").rsplit("/", 1)
    async with Infobase(server, base, login, password) as infobase:
        for name in await infobase.entity_sets():
            try:
                rows = await read_set(infobase, name, name in expected)
            except ODataError as error:
                problems.append(f"{name}: {error}")
                continue
            if name in expected:
                compare(name, expected[name], rows)
                if name.startswith("Document_"):
                    await read_by_year(infobase, name, expected[name])
        for path, rows in expected.items():
            if "/" in path:
                compare(path, rows, await read_virtual(infobase, path))
            elif not await infobase.has_entity_set(path):
                problems.append(f"{path} is not published")
        try:
            await entity_set(infobase, "Catalog_НетТакого").query(top=1)
            problems.append("an unknown set was found")
        except EntityNotFound as error:
            if error.internal_code != "8":
                problems.append(f"an unknown set has code {error.internal_code}")
    async with Infobase(server, base, login, password, format="atom") as infobase:
        name = "Catalog_Контрагенты"
        rows = [row async for row in entity_set(infobase, name).iterate(
            page_size=50, orderby="Ref_Key")]
        # Atom has no types on scalars, and the client leaves texts as they are but for their ends.
        texts = {row["Ref_Key"]: row for row in rows}
        for row in expected[name]:
            found = texts.get(row["Ref_Key"], {}).get("Description")
            if found is None or found.strip() != row["Description"].strip():
                problems.append(f"{name} in Atom: {row['Ref_Key']} is {found!r}")
        if len(rows) != len(expected[name]):
            problems.append(f"{name} in Atom: {len(rows)} rows")


def main():
    address, login, password, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        expected = json.load(file)
    asyncio.run(read(address, login, password, expected))
    print("\n".join(problems[:20]))
    return 1 if problems else 0


sys.exit(main())
