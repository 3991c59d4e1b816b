"""Building goods: a shop's list beside a warehouse's, which shortens everything."""
import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace

from noise import Column, Key, Pair, Table
from words import in_latin, without_yo

OTHER_MAKERS = {"Технониколь": "ТехноНИКОЛЬ", "Kerama Marazzi": "Керама Марацци", "Knauf": "Кнауф",
                "Ceresit": "Церезит", "Bosch": "Бош", "Makita": "Макита", "Tikkurila": "Тиккурила",
                "Schneider Electric": "Schneider", "Rockwool": "Роквул", "Tarkett": "Таркетт"}


def alternatives(line):
    """What a line of goods.txt lists; `{a;b} x` stands for `a x` and `b x`, a dash for nothing."""
    for entry in line.replace("-", "", line == "-").split(", "):
        parts = re.split(r"\{(.*?)\}", entry)
        choices = [part.split(";") if k % 2 else [part] for k, part in enumerate(parts)]
        yield from map("".join, product(*choices))


def things(chance):
    goods = []
    catalogue = (Path(__file__).parent / "goods.txt").read_text(encoding="utf-8")
    for block in catalogue.strip().split("\n\n"):
        names, *lines = block.split("\n")
        name, short = names.split(" | ")
        all_of_kind = list(product(*map(alternatives, lines)))
        for maker, size, pack, variant in chance.sample(all_of_kind, min(len(all_of_kind), 190)):
            letter, price = chance.choice("ABCDEKMT"), chance.randint(30, 9000)
            goods.append(SimpleNamespace(
                name=name, short=short, maker=maker, size=size, pack=pack, variant=variant,
                article=chance.choice([
                    f"{chance.randint(1000, 99999)}-{chance.randint(1, 99):02d}",
                    f"{in_latin(maker[:2].upper())}{chance.randint(10000, 999999)}",
                    f"{chance.randint(100000, 9999999)}",
                    f"{letter}.{chance.randint(100, 999)}.{chance.randint(10, 99)}"]),
                barcode="46" + chance.digits(11), unit="упак" if name.startswith("Перч") else "шт",
                price=price + chance.choice([0, .5, .9, .99]), rest=chance.randint(0, 900),
                zone=f"{chance.choice('ABCD')}{chance.randint(1, 30)}"))
    return goods


def shop_name(it, chance):
    pack = f"({it.pack})" if it.pack and chance.happens(.3) else it.pack
    order = chance.choice([[it.maker, it.variant, it.size], [it.variant, it.maker, it.size],
                           [it.maker, it.size, it.variant]])
    return " ".join(filter(None, [it.name, *order, pack]))


def shortened(text):
    """«бел. мат.» for «белая матовая», «25*1.5» for «25х1,5 мм»."""
    text = re.sub(r"(?<=\d)х(?=\d)", "*", text)
    text = re.sub(r" мм2?$", "", text) if "*" in text else text
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = re.sub(r"(?<=\d) (?=[А-Яа-я])", "", text)
    return re.sub(r"\b([а-яё]{2,3}?[бвгджзклмнпрстфхцчшщ])[а-яё]{2,}", r"\1.", text)


def warehouse_name(it, chance):
    size, pack, variant = shortened(it.size), shortened(it.pack), shortened(it.variant)
    size = size.replace("*", chance.choice("xх×")) if chance.happens(.3) else size
    maker = OTHER_MAKERS.get(it.maker, it.maker) if chance.happens(.4) else it.maker
    maker = maker.upper() if chance.happens(.2) else maker
    maker = "" if chance.happens(.06) else maker
    name = it.short if chance.happens(.75) else it.name
    text = " ".join(filter(None, chance.choice([
        [name, size, variant, pack, maker], [name, variant, size, pack, maker],
        [maker, name, size, variant, pack]])))
    text += f" арт.{it.article}" if chance.happens(.1) else ""
    return without_yo(text.upper() if chance.happens(.1) else text)


PAIR = Pair(
    things, both=1900, only_left=330, only_right=520,
    left=Table([
        Key("Код 1С", lambda chance: f"00-{chance.randint(1, 99999):08d}"),
        Column("Номенклатура", shop_name, 0, .08, in_words=True),
        Column("Артикул", "article", .35, .03),
        Column("Бренд", "maker", .2, .03),
        Column("Штрихкод", "barcode", .4, .02),
        Column("Ед.изм.", "unit", .08),
        Column("Цена розн.", lambda it, chance: f"{it.price:.2f}".replace(".", ","), .1),
        Column("Остаток", "rest", .05),
    ], doubled=.025, delimiter=";", encoding="cp1251", line_end="\r\n"),
    right=Table([
        Column("zone", "zone", .15),
        Column("opis_tov", warehouse_name, 0, .09, in_words=True),
        Column("qty", lambda it, chance: max(0, it.rest + chance.randint(-30, 30)), .1),
        Column("cost_w/o_VAT", lambda it, chance: f"{it.price / 1.2 * chance.uniform(.7, .95):.2f}",
               .12),
        Key("wh_sku", lambda chance: f"W{chance.randint(100000, 999999)}"),
        Column("vendor code", lambda it, chance: re.sub(r"[-.]", "", it.article)
               if chance.happens(.3) else it.article, .4, .03),
        Column("EAN-13", "barcode", .4, .02),
    ], doubled=.02, delimiter="\t"))
