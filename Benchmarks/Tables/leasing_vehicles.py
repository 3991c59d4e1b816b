"""Leased vehicles: contracts in English beside an inventory in German; fleets are bought in
batches with neighbouring vehicle numbers; the inventory has the last eight signs of some."""
import re
from types import SimpleNamespace

from noise import Column, Key, Pair, Table
from words import listed

MAKES = {name: (short, code) for name, short, code in listed("vehicle makes")}
MODELS = [(make, models.split("; ")) for make, models in listed("vehicle models")]
COLOURS = {"white": "WHT", "silver": "SLV", "black": "BLK",
           "grey": "GRY", "blue": "BLU", "red": "RED"}
DISTRICTS = "B M HH K F S D L HB H N DD DU BO WI MS KA MA A E".split()
LESSEES = listed("lessees")
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def things(chance):
    vehicles = {}
    while len(vehicles) < 3500:
        make, models = chance.choice(MODELS)
        year, number = chance.randint(2012, 2024), chance.randint(1, 990000)
        stem = (MAKES[make][1] + "".join(chance.choices(LETTERS + "0123456789", k=6))
                + LETTERS[year - 2012] + chance.choice("ABEKNW"))
        batch = dict(make=make, model=chance.choice(models), year=year,
                     colour=chance.choice(list(COLOURS)), lessee=chance.choice(LESSEES))
        for k in range(chance.choice([1, 1, 1, 2, 5])):
            vin = f"{stem}{number + k * chance.randint(1, 9):06d}"
            vehicles.setdefault(vin, SimpleNamespace(
                **batch, vin=vin, registered=chance.day(year, year), power=chance.randint(70, 330),
                plate=(chance.choice(DISTRICTS),
                       "".join(chance.choices(LETTERS, k=chance.choice([1, 2, 2]))),
                       str(chance.randint(10, 9999))),
                fee=f"{chance.uniform(190, 1900):.2f}", distance=f"{chance.randint(3, 290)}.000"))
    return list(vehicles.values())


def contract_vin(it, chance):
    spaced = f"{it.vin[:3]} {it.vin[3:9]} {it.vin[9:]}"
    return chance.choices([it.vin, it.vin.lower(), spaced], [85, 6, 9])[0]


def inventory_plate(it, chance):
    a, b, c = it.plate
    return chance.choice([f"{a}{b}{c}", f"{a} {b} {c}", f"{a}-{b}-{c}", f"{a}{b} {c}".lower()])


def inventory_model(it, chance):
    make = chance.choice([it.make, MAKES[it.make][0], it.make.upper()])
    model = it.model.rpartition(" ")[0] or it.model if chance.happens(.35) else it.model
    return f"{make} {model.replace('.', ',') if chance.happens(.2) else model}"


def inventory_lessee(it, chance):
    return re.sub(r" (GmbH|AG|Ltd)$", "", it.lessee) if chance.happens(.5) else it.lessee.upper()


PAIR = Pair(
    things, both=2300, only_left=170, only_right=640,
    left=Table([
        Column("Make", "make", .05, .04, in_words=True),
        Column("Model", "model", .06, .05),
        Key("Contract", lambda chance: f"LC/{chance.randint(1, 99999):05d}"),
        Column("VIN", contract_vin, .06, .05),
        Column("Registration", lambda it, chance: "{}-{} {}".format(*it.plate), .09, .05),
        Column("Model year", "year", .08),
        Column("Colour", "colour", .2),
        Column("First reg. date", lambda it, chance: it.registered.strftime("%d/%m/%Y"), .15, .02),
        Column("Lessee", "lessee", .1, .04),
        Column("Monthly fee EUR", "fee", .1),
    ], doubled=.01, blanks=["", "", "N/A"]),
    right=Table([
        Key("Inv-Nr", lambda chance: str(chance.randint(4000, 49999))),
        Column("Fahrzeug", inventory_model, .05, .05),
        Column("Kennz.", inventory_plate, .13, .05),
        Column("FIN", lambda it, chance: it.vin[-8:] if chance.happens(.3) else it.vin, .12, .05),
        Column("EZ", lambda it, chance: it.registered.strftime(
            "%d.%m.%Y" if chance.happens(.75) else "%m/%y"), .15, .03),
        Column("Bj.", "year", .15),
        Column("km-Stand", "distance", .2),
        Column("kW", "power", .1),
        Column("Farbe", lambda it, chance: COLOURS[it.colour], .3),
        Column("Kunde", inventory_lessee, .2, .05),
    ], doubled=.045, delimiter=";", encoding="utf-8-sig", line_end="\r\n", blanks=["", "", "-"]))
