"""Clients of a bank: a list of persons beside a list of accounts that knows initials alone;
families share telephones and addresses, and there are twins and namesakes."""
from types import SimpleNamespace

from noise import Column, Key, Pair, Table
from words import CITIES, address, initials, mobile, person, phone, without_yo

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


def things(chance):
    clients = []

    def add(who, **known):
        own = dict(city=chance.choice(list(CITIES)), **address(chance), flat=chance.randint(1, 180),
                   born=chance.day(1940, 2005), phone=mobile(chance))
        clients.append(SimpleNamespace(
            **{**vars(who), **own, **known}, account="40817810" + chance.digits(12),
            series=f"{chance.randint(1, 99):02d}{chance.randint(0, 24):02d}",
            passport=chance.digits(6),
            segment=chance.choice(["масс", "премиум", "зарплатный", "пенсионер"]),
            limit=f"{chance.randint(1, 60) * 5000:,}".replace(",", " ") + ",00"))

    while len(clients) < 4200:
        who = person(chance)
        add(who)
        first, form = clients[-1], chance.random()
        home = dict(city=first.city, street=first.street, house=first.house, flat=first.flat)
        if form < .07:  # A spouse.
            shared = {"phone": first.phone} if chance.happens(.25) else {}
            add(person(chance, who.family, not who.woman), **home, **shared)
        elif form < .10:  # A child, in some families of the same name.
            child = person(chance, who.family, who.woman)
            child.name = who.name if chance.happens(.4) else child.name
            add(child, **home, born=chance.day(1985, 2005))
        elif form < .115:  # A twin.
            twin = person(chance, who.family, who.woman)
            twin.patronymic = who.patronymic
            add(twin, **home, born=first.born)
        elif form < .13:  # A namesake, by chance.
            add(who)
    return clients


def full_name(it, chance):
    text = f"{it.surname} {it.name} {it.patronymic}"
    return chance.choices([text.upper(), without_yo(text), text], [12, 38, 50])[0]


def long_date(it, chance):
    return it.born.strftime("%d.%m.%Y") if chance.happens(.93) else \
        f"{it.born.day} {MONTHS[it.born.month - 1]} {it.born.year} г."


def passport(it, chance):
    return chance.choice([f"{it.series[:2]} {it.series[2:]} {it.passport}",
                          f"{it.series} {it.passport}", f"{it.series} № {it.passport}"])


def home(it, chance):
    return f"г. {it.city}, {' '.join(it.street)}, д. {it.house}, кв. {it.flat}"


PAIR = Pair(
    things, both=2700, only_left=450, only_right=620,
    left=Table([
        Key("№ клиента", lambda chance: f"КЛ-{chance.randint(1, 9000000):07d}"),
        Column("ФИО клиента", full_name, 0, .07),
        Column("Дата рожд.", long_date, .06, .03),
        Column("Паспорт", passport, .15, .04),
        Column("Моб. телефон", lambda it, chance: phone(it.phone, chance), .14, .04),
        Column("Адрес регистрации", home, .25, .05),
        Column("Сегмент", "segment", .1),
        Column("Кредитный лимит", "limit", .3),
    ], doubled=.03, delimiter=";", encoding="cp1251"),
    right=Table([
        Column("lname", lambda it, chance: without_yo(it.surname) if chance.happens(.6)
               else it.surname, .006, .05, in_words=True),
        Column("io", lambda it, chance: chance.choice(["{}.{}.", "{}. {}.", "{}{}", "{} {}"])
               .format(*initials(it)), .06),
        Column("dob", lambda it, chance: it.born.strftime(
            "%Y-%m-%d" if chance.happens(.8) else "%d/%m/%y"), .08, .03),
        Column("gender", lambda it, chance: "F" if it.woman else "M", .12),
        Column("doc_ser", lambda it, chance: it.series if chance.happens(.5)
               else f"{it.series[:2]} {it.series[2:]}", .2),
        Column("doc_num", "passport", .2, .04),
        Column("msisdn", lambda it, chance: "7" + (
            mobile(chance) if chance.happens(.08) else it.phone), .22, .02),
        Column("branch", lambda it, chance: f"F{chance.randint(1, 40)}", .05),
        Key("cust_key", lambda chance: str(chance.randint(700000, 999999))),
        Column("acct_no", "account", .18),
        Column("town", lambda it, chance: it.city.upper() if chance.happens(.3)
               else it.city, .35, .04),
    ], doubled=.015, blanks=["", "", "", "NULL"]))
