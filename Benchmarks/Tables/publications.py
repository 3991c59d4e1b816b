"""Publications: a library's catalogue beside an index that shortens what it can."""
from types import SimpleNamespace

from noise import Column, Key, Pair, Table
from words import in_latin, initials, listed, person, without_yo

BEGINNINGS, SUBJECTS = listed("title beginnings"), listed("title subjects")
ENDINGS = listed("title endings") + [("", "")]
RUSSIAN_JOURNALS, ENGLISH_JOURNALS = listed("Russian journals"), listed("English journals")
SURNAMES = listed("foreign surnames")


def things(chance):
    people = [person(chance) for _ in range(450)]
    russians = [(it.surname, initials(it)) for it in people]
    others = [(chance.choice(SURNAMES),
               "".join(chance.sample("ABCDEGHJKLMNPRST", chance.choice([1, 1, 2]))))
              for _ in range(450)]
    made, titles = [], set()
    while len(made) < 3600:
        if made and chance.happens(.06) and made[-1].part < 3:  # The next part of the same work.
            made[-1].part = max(1, made[-1].part)
            it = SimpleNamespace(**vars(made[-1]))
            it.part, it.issue = it.part + 1, it.issue % 12 + 1
        else:
            russian = chance.happens(.55)
            title = tuple(chance.choice(words) for words in (BEGINNINGS, SUBJECTS, ENDINGS))
            if (russian, title) in titles:
                continue
            titles.add((russian, title))
            it = SimpleNamespace(
                russian=russian, title=title, part=0, year=chance.randint(1998, 2024),
                authors=chance.sample(
                    russians if russian else others, chance.choice([1, 2, 2, 3, 3, 4])),
                journal=chance.choice(RUSSIAN_JOURNALS if russian else ENGLISH_JOURNALS),
                volume=chance.randint(1, 140), issue=chance.randint(1, 12),
                affiliation=chance.choice(
                    ["КФУ", "МГУ", "СПбГУ", "НГУ"] if russian else ["MIT", "TU Delft"]))
        it.first, it.cited = chance.randint(3, 900), int(chance.expovariate(.1))
        it.last = it.first + chance.randint(4, 19)
        it.doi = ""
        if chance.happens(.62):
            it.doi = (f"10.{chance.choice([1016, 1134, 7868, 31857, 1103])}/"
                      f"{chance.choice(['j.', 's', 'S', 'ms'])}"
                      f"{chance.randint(10**6, 10**8)}.{it.year}")
        # A Russian work may be indexed under its English title, or with authors in Latin letters.
        it.translated = it.russian and chance.happens(.08)
        it.latin_authors = it.translated or it.russian and chance.happens(.065)
        made.append(it)
    return made


def title(it, russian):
    text = " ".join(words[not russian] for words in it.title).strip()
    return text + (f". {'Часть' if russian else 'Part'} {'I' * it.part}" if it.part else "")


def indexed_title(it, chance):
    russian = it.russian and not it.translated
    text, form = title(it, russian), chance.random()
    if form < .12:
        text = text.upper()
    elif form < .2 and not it.part and len(text) > 75:
        text = text[:70].rstrip() + "..."
    elif form < .35 and not russian:
        text = " ".join(word.capitalize() if len(word) > 3 else word for word in text.split())
    elif form < .45:
        text = without_yo(text)
    return text.replace("Часть ", "Ч. ").replace("Part ", "Pt. ") if chance.happens(.4) else text


def indexed_authors(it, chance):
    form = chance.choice([lambda name, letters: f"{'. '.join(letters)}. {name}",
                          lambda name, letters: f"{name}, {'.'.join(letters)}.",
                          lambda name, letters: f"{name} {letters}",
                          lambda name, letters: f"{name} {letters[0]}."])
    names = [form(*map(in_latin, author) if it.latin_authors else author) for author in it.authors]
    if len(names) > 2 and chance.happens(.25):
        return names[0] + (" и др." if it.russian and not it.latin_authors else " et al.")
    return "; ".join(names)


def identifier(it, chance):
    doi = it.doi.lower() if chance.happens(.4) else it.doi
    return doi and chance.choice(["https://doi.org/", "doi:", "", ""]) + doi


PAIR = Pair(
    things, both=2400, only_left=560, only_right=480,
    left=Table([
        Column("Год", "year", .05),
        Column("Заглавие", lambda it, chance: title(it, it.russian), .003, .06, in_words=True),
        Column("Авторы", lambda it, chance: ", ".join(f"{name} {'.'.join(letters)}."
                                                      for name, letters in it.authors), .05, .08),
        Column("Журнал", lambda it, chance: it.journal[0], .08, .03, in_words=True),
        Column("Том", "volume", .25),
        Column("№", "issue", .3),
        Column("Стр.", lambda it, chance: f"{it.first}–{it.last}", .2, .03),
        Column("DOI", "doi", .35, .02),
        Column("Организация", "affiliation", .3),
        Key("УИН", lambda chance: str(chance.randint(11000000, 49999999))),
    ], doubled=.012, delimiter="\t"),
    right=Table([
        Key("rec", lambda chance: f"pub_{chance.randint(2**20, 2**28):x}"),
        Column("authors", indexed_authors, .06, .09),
        Column("source", lambda it, chance: it.journal[chance.happens(.65)], .1, .03,
               in_words=True),
        Column("article_title", indexed_title, .005, .07, in_words=True),
        Column("py", lambda it, chance: it.year + (
            chance.choice([-1, 1]) if chance.happens(.04) else 0), .08),
        Column("first_page", "first", .3, .02),
        Column("last_page", "last", .35, .02),
        Column("identifier", identifier, .42, .02),
        Column("cited", "cited", .1),
        Column("lang", lambda it, chance: "rus" if it.russian else "eng", .2),
    ], doubled=.04, encoding="utf-8-sig"))
