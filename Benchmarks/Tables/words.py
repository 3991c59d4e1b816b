"""Persons, places and ways of writing them that several kinds of tables share."""
import re
from pathlib import Path
from types import SimpleNamespace


def listed(name):
    """The words under a heading of words.txt; those with another form after a bar are pairs."""
    text = re.search(rf"^\[{name}\]\n(.*?)(?:\n\n|\Z)", WORDS, re.DOTALL | re.MULTILINE).group(1)
    entries = [entry.strip() for entry in re.split(r",\s+|\n", text)]
    return [tuple(re.split(r" *\| *", entry)) if "|" in entry else entry
            for entry in entries if entry]


WORDS = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8")
SURNAMES, MEN, WOMEN = listed("surnames"), listed("men"), listed("women")
PATRONYMICS = {"Илья": ("Ильич", "Ильинична"), "Никита": ("Никитич", "Никитична"),
               "Павел": ("Павлович", "Павловна"), "Пётр": ("Петрович", "Петровна"),
               "Михаил": ("Михайлович", "Михайловна"), "Дмитрий": ("Дмитриевич", "Дмитриевна")}
CITIES = {"Москва": "495", "Санкт-Петербург": "812", "Казань": "843", "Екатеринбург": "343",
          "Новосибирск": "383", "Нижний Новгород": "831", "Самара": "846", "Ростов-на-Дону": "863",
          "Пермь": "342", "Воронеж": "473", "Краснодар": "861", "Уфа": "347"}
SHORT_CITIES = {"Санкт-Петербург": "СПб", "Нижний Новгород": "Н.Новгород", "Екатеринбург": "Екб",
                "Ростов-на-Дону": "Ростов н/Д", "Москва": "Мск", "Новосибирск": "Нск"}
STREET_TYPES = {"ул.": "улица", "пр-т": "проспект", "пер.": "переулок", "наб.": "набережная",
                "ш.": "шоссе", "б-р": "бульвар"}
STREETS = [tuple(street.split(maxsplit=1)) for street in listed("streets")]
LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                 "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"
                 .replace("-", "").split(" ")))


def person(chance, family=None, woman=None):
    """A person; of a family (a man's surname) and a sex where they are given."""
    woman = chance.happens(.52) if woman is None else woman
    family = family or chance.choice(SURNAMES)
    return SimpleNamespace(
        family=family, woman=woman, surname=feminine(family) if woman else family,
        name=chance.choice(WOMEN if woman else MEN),
        patronymic=patronymic(chance.choice(MEN), woman))


def patronymic(father, woman):
    if father in PATRONYMICS:
        return PATRONYMICS[father][woman]
    stem = father[:-2] + "ь" if father.endswith("ий") else father.rstrip("йь")
    return stem + ("ов" if stem == father else "ев") + ("на" if woman else "ич")


def feminine(surname):
    if surname[-2:] in ("ов", "ев", "ёв", "ин"):
        return surname + "а"
    adjective = surname[-2:] in ("ий", "ый", "ой") and surname != "Цой"
    return surname[:-2] + "ая" if adjective else surname


def initials(it):
    return it.name[0] + it.patronymic[0]


def address(chance):
    """Street and house; `street` is a pair of its type and its name."""
    house = str(chance.randint(1, 140))
    if chance.happens(.2):
        house += chance.choice(["а", "б", "/2", " корп. 1", " корп. 2", "/1"])
    return {"street": chance.choice(STREETS), "house": house}


def shortened_street(name):
    """«К. Маркса» for «Карла Маркса»."""
    words = name.split()
    return f"{words[0][0]}. {words[1]}" if len(words) == 2 and words[0].isalpha() else name


def mobile(chance):
    return "9" + chance.digits(9)


def phone(number, chance):
    """Ten digits in one of the forms in which people write them."""
    a, b, c, d = number[:3], number[3:6], number[6:8], number[8:]
    return chance.choice([f"+7 ({a}) {b}-{c}-{d}", f"8{number}", f"8 ({a}) {b}-{c}-{d}",
                          f"8-{a}-{b}-{c}-{d}", f"+7{number}", f"{a} {b} {c} {d}"])


def without_yo(text):
    return text.replace("ё", "е").replace("Ё", "Е")


def in_latin(text, other=()):
    """Transliterated; `other` are the letters that are written otherwise."""
    table = {**LATIN, **dict(other)}
    return "".join(table.get(c, c) if c.islower() or c.lower() not in table else
                   table[c.lower()].capitalize() for c in text)
