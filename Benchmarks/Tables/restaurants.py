"""Restaurants: a guide beside a list of inspected places that has streets and houses in columns."""
import re
from types import SimpleNamespace

from noise import Column, Key, Pair, Table
from words import (CITIES, SHORT_CITIES, STREET_TYPES, address, in_latin, listed, mobile, phone,
                   shortened_street, without_yo)

ADJECTIVES, NOUNS = listed("restaurant adjectives"), listed("restaurant nouns")
NAMES, CHAINS = listed("restaurant names"), listed("restaurant chains")
ENGLISH = listed("restaurant names in English")
ENDINGS = " на Мира, на Садовой, на Волге, на углу, & Гриль, и Вино, Хаус, Бар, 24".split(",")
TYPES = "ресторан кафе бар кофейня столовая пиццерия паб бистро".split()
CUISINES = {"русская": "Russian", "европейская": "European", "грузинская": "Georgian",
            "китайская": "Chinese",
            "итальянская": "Italian", "японская": "Japanese", "узбекская": "Uzbek",
            "французская": "French", "вьетнамская": "Vietnamese",
            "американская": "American", "кавказская": "Caucasian"}


def things(chance):
    places = {}
    while len(places) < 3300:
        chain = chance.happens(.22)
        name = chance.choice(CHAINS) if chain else chance.choices([
            f"{chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}",
            chance.choice(NAMES) + (chance.choice(ENDINGS) if chance.happens(.55) else ""),
            chance.choice(ENGLISH) + chance.choice(["", " Bar", " Cafe", " Club", ""])],
            [49, 38, 13])[0]
        city = chance.choice(list(CITIES)[:9])
        site = re.sub(r"[^a-z0-9]+", "-", in_latin(name).lower()).strip("-")
        it = SimpleNamespace(
            name=name, city=city, **address(chance), type=chance.choice(TYPES),
            phone=CITIES[city] + chance.digits(7) if chance.happens(.6) else mobile(chance),
            cuisine=chance.choice(list(CUISINES)), bill=chance.randint(4, 40) * 100,
            site=site + ("" if chain else "-" + in_latin(city)[:3].lower()) + ".ru",
            rating=f"{chance.uniform(3.4, 5):.1f}".replace(".", ","), seats=chance.randint(12, 220),
            owner=f"ООО «{chance.choice(NOUNS)} {chance.choice(['Сервис', 'Групп', 'Трейд'])}»")
        places.setdefault((name, city, it.street), it)
    return list(places.values())


def whole_address(it, chance):
    type, name = it.street
    return chance.choice([
        f"г. {it.city}, {type} {name}, д. {it.house}", f"{it.city}, {type} {name}, {it.house}",
        f"{it.city}, {name} {type}, {it.house}",
        f"г.{it.city}, {STREET_TYPES[type]} {name}, дом {it.house}"])


def street(it, chance):
    type, name = it.street
    name = shortened_street(name) if chance.happens(.5) else name
    forms = [f"{name} {STREET_TYPES[type]}", type + name, f"{type} {name}"]
    return without_yo(chance.choice([name, *forms] if type == "ул." else forms))


def decorated_name(it, chance):
    name = without_yo(it.name) if chance.happens(.6) else it.name
    name = in_latin(name) if chance.happens(.04) else name
    return chance.choices([f'{it.type.capitalize()} "{name}"', f"{name}, {it.type}", name.upper(),
                           f'"{name}"', name], [35, 15, 12, 10, 28])[0]


def phones(it, chance):
    second = ", " + phone(mobile(chance), chance) if chance.happens(.07) else ""
    return phone(it.phone, chance) + second


def another_phone(it, chance):
    return chance.choice(["", "7", "8"]) + (mobile(chance) if chance.happens(.06) else it.phone)


PAIR = Pair(
    things, both=2050, only_left=420, only_right=530,
    left=Table([
        Key("Код", lambda chance: f"R{chance.randint(10000, 99999)}"),
        Column("Название", lambda it, chance: it.name if chance.happens(.7) else f"«{it.name}»",
               .005, .06, in_words=True),
        Column("Тип заведения", "type", .12),
        Column("Адрес", whole_address, .06, .07, in_words=True),
        Column("Телефон", phones, .22, .04),
        Column("Кухня", "cuisine", .2),
        Column("Сайт", lambda it, chance: chance.choice(["http://", "https://www.", ""])
               + it.site, .4, .03),
        Column("Посадочных мест", "seats", .3),
    ], doubled=.02),
    right=Table([
        Column("tel", another_phone, .25, .03),
        Column("Наим. объекта", decorated_name, 0, .07, in_words=True),
        Column("нас. пункт", lambda it, chance: SHORT_CITIES.get(it.city, it.city)
               if chance.happens(.5) else it.city, .05, .03, in_words=True),
        Column("ул", street, .06, .06, in_words=True),
        Column("д.", lambda it, chance: it.house.replace(" корп. ", "к"), .07),
        Key("obj_id", lambda chance: f"{chance.randint(1, 400000):06d}-{chance.choice('АБВ')}"),
        Column("юр.лицо", "owner", .15),
        Column("ср_чек", "bill", .25),
        Column("рейт", "rating", .1),
        Column("cuisine", lambda it, chance: CUISINES[it.cuisine], .38),
    ], doubled=.035, delimiter=";", encoding="cp1251", line_end="\r\n", blanks=["", "", "", "-"]))
