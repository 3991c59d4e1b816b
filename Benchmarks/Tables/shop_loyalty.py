"""Customers: an internet shop's accounts beside holders of a loyalty card; names in two alphabets
and pet forms, some families share a telephone."""
import re
from types import SimpleNamespace

from noise import Column, Key, Pair, Table
from words import CITIES, SHORT_CITIES, in_latin, listed, mobile, person, phone, without_yo

NAMES, SURNAMES = listed("foreign names"), listed("foreign surnames")
PET_NAMES = dict(listed("pet names"))
ADJECTIVES = "cool dark happy sunny mad lucky crazy silver fast sweet tiny old super".split()
NOUNS = "fox cat wolf rider kitty bear panda star tiger smile coffee gamer fish owl".split()
DOMAINS = "mail.ru yandex.ru gmail.com bk.ru rambler.ru inbox.ru list.ru".split()
FOREIGN_DOMAINS = "gmail.com outlook.com yahoo.com hotmail.com".split()
# Another of the ways of transliteration in use.
OTHER_LATIN = {"х": "h", "ж": "j", "ц": "c", "й": "i", "ю": "iu", "я": "ia", "щ": "sch", "ё": "yo"}
CYRILLIC = {**dict(zip("abcdefghijklmnopqrstuvwxyz",
                       "а б к д е ф г х и дж к л м н о п к р с т у в у кс и з".split())),
            "sh": "ш", "ch": "ч", "th": "т", "ph": "ф", "ck": "к", "ee": "и", "oo": "у", "ey": "и"}


def things(chance):
    customers = {}

    def add(name, surname, russian, **known):
        own = dict(city=chance.choice(list(CITIES)), phone=mobile(chance),
                   born=chance.day(1955, 2006))
        it = SimpleNamespace(
            name=name, surname=surname, russian=russian, **{**own, **known},
            total=f"{chance.lognormvariate(8.5, 1):.2f}", points=chance.randint(0, 9000),
            joined=chance.day(2017, 2023), writes_latin=not russian or chance.happens(.35))
        it.nick, it.email = nick_and_email(it, chance)
        customers.setdefault(it.email, it)
        return it

    while len(customers) < 4300:
        if not chance.happens(.82):
            add(chance.choice(NAMES), chance.choice(SURNAMES), False)
            continue
        who = person(chance)
        first, form = add(who.name, who.surname, True), chance.random()
        if form < .06:  # A spouse.
            spouse = person(chance, who.family, not who.woman)
            shared = {"phone": first.phone} if chance.happens(.35) else {}
            add(spouse.name, spouse.surname, True, city=first.city, **shared)
        elif form < .08:  # A namesake of the same town.
            add(who.name, who.surname, True, city=first.city)
    return list(customers.values())


def nick_and_email(it, chance):
    a, b = (re.sub(r"[^a-z]", "", in_latin(text).lower()) for text in (it.name, it.surname))
    year = it.born.strftime("%y")
    nick = chance.choice([
        f"{chance.choice(ADJECTIVES)}_{chance.choice(NOUNS)}{chance.randint(1, 999)}",
        f"{a[:4]}{b[:3]}{year}", f"{b}_{a[0]}{chance.randint(1, 99)}",
        f"{chance.choice(NOUNS)}{it.born.year}{a[0]}", f"{a}{chance.randint(10, 9999)}"])
    local = chance.choice([f"{a}.{b}{chance.choice(['', year])}",
                           f"{b}.{a[0]}{chance.randint(1, 99)}", f"{a[0]}{b}{year}", nick,
                           f"{b}{chance.randint(1, 9999)}"])
    return nick, f"{local}@{chance.choice(DOMAINS if it.russian else FOREIGN_DOMAINS)}"


def account_name(it, chance):
    name, surname = it.name, it.surname
    if it.writes_latin:
        other = OTHER_LATIN if chance.happens(.35) else {}
        name, surname = in_latin(name, other), in_latin(surname, other)
        return chance.choice([f"{name} {surname}", f"{name} {surname}", f"{surname} {name}",
                              f"{name} {surname}".lower()])
    name = PET_NAMES.get(name, name) if chance.happens(.1) else name
    return chance.choice([f"{name} {surname}", f"{name} {surname}", f"{surname} {name}"])


def account_city(it, chance):
    english = {"Москва": "Moscow", "Санкт-Петербург": "St. Petersburg"}
    return english.get(it.city, in_latin(it.city)) if chance.happens(.4) else it.city


def in_cyrillic(text):
    return re.sub("sh|ch|th|ph|ck|ee|oo|ey|.", lambda m: CYRILLIC[m.group()],
                  text.lower()).capitalize()


def card_surname(it, chance):
    if not it.russian:
        return in_cyrillic(it.surname) if chance.happens(.3) else it.surname
    return chance.choices([without_yo(it.surname), it.surname.upper(), it.surname], [60, 8, 32])[0]


def card_name(it, chance):
    if chance.happens(.12):
        return f"{it.name[0]}."
    return it.name if it.russian or chance.happens(.7) else in_cyrillic(it.name)


def card_phone(it, chance):
    return chance.choice(["7", "8", "+7"]) + (mobile(chance) if chance.happens(.07) else it.phone)


def card_email(it, chance):
    other = f"{chance.choice(NOUNS)}{chance.randint(1, 99999)}@{chance.choice(DOMAINS)}"
    return chance.choices([other, it.email.upper(), it.email.capitalize(), it.email],
                          [5, 15, 5, 75])[0]


def card_city(it, chance):
    city = SHORT_CITIES.get(it.city, it.city) if chance.happens(.3) else it.city
    return f"г. {city}" if chance.happens(.3) else city


def user_id(chance):
    return "u_" + "".join(chance.choices("abcdefghjkmnpqrstuvwxyz23456789", k=7))


PAIR = Pair(
    things, both=2750, only_left=640, only_right=720,
    left=Table([
        Key("uid", user_id),
        Column("full_name", account_name, .05, .07, in_words=True),
        Column("nick", "nick", .2, .03),
        Column("e-mail", "email", .07, .04),
        Column("phone", lambda it, chance: phone(it.phone, chance), .2, .03),
        Column("ship_city", account_city, .15, .05, in_words=True),
        Column("orders_total", "total", .1),
        Column("last_order", lambda it, chance: chance.day(it.joined.year, 2024), .15),
        Column("birthday", lambda it, chance: it.born.strftime("%m/%d/%Y"), .38, .02),
    ], doubled=.045, encoding="utf-8-sig"),
    right=Table([
        Column("Телефон держателя", card_phone, .12, .03),
        Column("Имя", card_name, .05, .05, in_words=True),
        Column("Фам.", card_surname, .1, .06, in_words=True),
        Key("№ карты", lambda chance: f"2900{chance.randint(10**8, 10**9 - 1)}"),
        Column("Почта", card_email, .28, .04),
        Column("Нас.пункт", card_city, .25, .04, in_words=True),
        Column("Логин на сайте", "nick", .4, .03),
        Column("Дата рожд.", lambda it, chance: it.born.strftime(
            "%d.%m.%Y" if chance.happens(.8) else "%d.%m.%y"), .3, .03),
        Column("Баллы", "points", .05),
        Column("Магазин", lambda it, chance: "ТЦ " + chance.choice(
            ["Мега", "Аура", "Парк Хаус", "Горки"]), .2),
        Column("Дата выдачи", lambda it, chance: it.joined.strftime("%d.%m.%Y"), .1),
    ], doubled=.015, delimiter=";", encoding="cp1251", line_end="\r\n", blanks=["", "", "—"]))
