"""Patients: a clinic's cards beside an insurer's list; spouses, children, twins and namesakes."""
from types import SimpleNamespace

from noise import Column, Key, Pair, Table
from words import CITIES, address, initials, mobile, person, phone, shortened_street, without_yo

OTHER_NAMES = {"Мария": "Марья", "Наталья": "Наталия", "София": "Софья", "Даниил": "Данила"}


def things(chance):
    patients = []

    def add(who, **known):
        number = f"{chance.randint(1, 999999999):09d}"
        check = sum(int(digit) * (9 - k) for k, digit in enumerate(number)) % 101 % 100
        own = dict(city=chance.choice(list(CITIES)[2:10]), **address(chance),
                   flat=chance.randint(1, 200), born=chance.day(1931, 2022), phone=mobile(chance))
        patients.append(SimpleNamespace(
            **{**vars(who), **own, **known}, insurance=f"{number}{check:02d}",
            policy=chance.digits(16),
            diagnosis=chance.choice(["J06.9", "I10", "E11.9", "M54.5", "K29.5", "J45.0", "N20.0"]),
            blood=chance.choice(["I+", "II+", "III-", "IV+", "I-", "II-"]),
            doctor=chance.choice(["Орлова Н.П.", "Сафин Р.Т.", "Гусев А.А.", "Ким Л.В."]),
            insurer=chance.choice([
                "СОГАЗ-Мед", "Капитал МС", "АльфаСтрахование-ОМС", "Ингосстрах-М"])))

    while len(patients) < 3500:
        who = person(chance)
        add(who)
        first, form = patients[-1], chance.random()
        home = dict(city=first.city, street=first.street, house=first.house, flat=first.flat)
        if form < .08:  # A spouse.
            add(person(chance, who.family, not who.woman), **home)
        elif form < .14:  # A child, in some families with a twin.
            child = person(chance, who.family)
            shared = {"born": chance.day(2005, 2022)}
            shared["phone"] = first.phone if chance.happens(.6) else mobile(chance)
            add(child, **home, **shared)
            if chance.happens(.3):
                twin = person(chance, who.family, child.woman)
                twin.patronymic = child.patronymic
                add(twin, **home, **shared)
        elif form < .155:  # A namesake, by chance.
            add(who)
    return patients


def card_insurance(it, chance):
    return f"{it.insurance[:3]}-{it.insurance[3:6]}-{it.insurance[6:9]} {it.insurance[9:]}"


def card_policy(it, chance):
    return it.policy if chance.happens(.6) else " ".join(it.policy[k:k + 4] for k in (0, 4, 8, 12))


def full_name(it, chance):
    name = OTHER_NAMES.get(it.name, it.name) if chance.happens(.15) else it.name
    whole = f"{it.surname} {name} {it.patronymic}"
    return chance.choices([f"{it.surname} {name}", "{} {}.{}.".format(it.surname, *initials(it)),
                           whole.upper(), without_yo(whole), whole], [5, 5, 27, 38, 25])[0]


def street(it, chance):
    type, name = it.street
    return without_yo(chance.choice([name, type + name, shortened_street(name)]))


PAIR = Pair(
    things, both=2150, only_left=560, only_right=330,
    left=Table([
        Column("Фамилия", "surname", .004, .06, in_words=True),
        Column("Имя", "name", .01, .04, in_words=True),
        Column("Отчество", "patronymic", .08, .05, in_words=True),
        Column("Д/р", lambda it, chance: it.born.strftime("%d.%m.%Y"), .05, .03),
        Key("№ карты", lambda chance: f"{chance.randint(1000, 99999)}-{chance.randint(10, 24)}"),
        Column("СНИЛС", card_insurance, .25, .04),
        Column("Полис ОМС", card_policy, .2, .04),
        Column("Адрес", lambda it, chance:
               f"{it.city}, {' '.join(it.street)}, {it.house}-{it.flat}", .15, .1, in_words=True),
        Column("Тел.", lambda it, chance: phone(it.phone, chance), .3, .03),
        Column("Участковый", "doctor", .25),
    ], doubled=.035, delimiter="\t", encoding="cp1251", blanks=["", "", "нет"]),
    right=Table([
        Key("pid", lambda chance: f"P{chance.getrandbits(32):08x}"),
        Column("polis", "policy", .3, .03),
        Column("snils", lambda it, chance: it.insurance if chance.happens(.7)
               else f"{it.insurance[:9]} {it.insurance[9:]}", .35, .03),
        Column("smo", "insurer", .15),
        Column("pac_fio", full_name, .005, .1, in_words=True),
        Column("birth", lambda it, chance: it.born.strftime(
            "%Y%m%d" if chance.happens(.5) else "%Y-%m-%d"), .06, .03),
        Column("sex", lambda it, chance: "Ж" if it.woman else "М", .1),
        Column("ADDR_STREET", street, .2, .08, in_words=True),
        Column("ADDR_H_FL", lambda it, chance: chance.choice(
            ["{}-{}", "{}/{}", "{} кв {}", "д{} кв{}"]).format(it.house, it.flat), .25, .02),
        Column("mkb10", "diagnosis", .3),
        Column("кровь", "blood", .4),
    ], doubled=.02))
