"""Suppliers' invoices: an ERP's list beside the accountants' register, where numbers are
retyped, dates are those of receipt and names of suppliers are written in any form."""
import datetime
import re
from types import SimpleNamespace

from noise import Column, Key, Pair, Table
from words import listed, person

FORMS = {"ООО": "Общество с ограниченной ответственностью", "АО": "Акционерное общество",
         "ЗАО": "ЗАО", "ПАО": "ПАО", "ИП": "Индивидуальный предприниматель"}
NUMBERS = ["{n}", "{n}", "{p}-{n}", "{n}/{y}", "{p}{n:05d}", "УТ-{n}", "{n}-{p}/{y}",
           "{m:02d}/{n}", "СФ-{n:06d}"]
FOREIGN_NUMBERS = ["INV-{n:06d}", "RE{n:08d}", "{y}/{n:05d}", "{p}-{n}"]


def suppliers(chance):
    """Suppliers with their way of numbering, the last number and a monthly amount."""
    names = [(chance.choice(["ООО", "ООО", "ООО", "АО", "ЗАО", "ПАО"]),
              word + chance.choice(["", "-", " "])
              + (trade if chance.happens(.5) else trade.lower()))
             for word in listed("supplier words")
             for trade in chance.sample(listed("supplier trades"), 6)]
    people = [person(chance) for _ in range(40)]
    names += [("ИП", f"{it.surname} {it.name} {it.patronymic}") for it in people]
    names += [("", name) for name in listed("foreign suppliers")]
    return [SimpleNamespace(
        form=form, supplier=name, tax_id=chance.digits(12 if form == "ИП" else 10),
        numbering=chance.choice(NUMBERS if form else FOREIGN_NUMBERS),
        monthly=chance.randint(20, 900) * 100,
        prefix=chance.choice(["А", "Б", "МС", "ТД", "КА", "П"] if form else ["A", "SE", "DE", "X"]),
        last=chance.randint(1, 4000)) for form, name in names]


def things(chance):
    sellers, invoices = suppliers(chance), []
    for _ in range(4300):
        seller, day = chance.choice(sellers), chance.day(2023, 2024)
        seller.last += chance.randint(1, 37)
        amount = seller.monthly if chance.happens(.1) else chance.lognormvariate(10.5, 1.3)
        invoices.append(SimpleNamespace(
            form=seller.form, supplier=seller.supplier, tax_id=seller.tax_id, day=day,
            amount=amount, number=seller.numbering.format(
                n=seller.last, p=seller.prefix, y=day.strftime("%y"), m=day.month),
            currency="RUB" if seller.form else "EUR",
            contract=f"{chance.randint(1, 300)}-{chance.choice('ПКУ')}",
            place=chance.choice(["Осн.склад", "Цех 1", "Цех 2", "Офис"])))
    return invoices


def vendor(it, chance):
    if it.form in ("", "ИП"):
        return f"{it.form} {it.supplier}".strip()
    return it.form + chance.choice([f' "{it.supplier}"', f" «{it.supplier}»"])


def register_supplier(it, chance):
    form, name = it.form, it.supplier
    if not form:
        return chance.choice([name, name.upper(),
                              re.sub(r" (AG|GmbH|AB|SE|Oy|Ltd|A/S|SAS|NV|BV)$", "", name)])
    if form == "ИП":
        surname, first, second = name.split()
        return chance.choice([f"{surname} {first[0]}.{second[0]}. ИП",
                              f"ИП {surname} {first[0]}. {second[0]}.", f"{FORMS[form]} {name}"])
    return chance.choice([f"{name} {form}", f"{name}, {form}", f'{FORMS[form]} "{name}"', name,
                          f"{form} {name}".upper(), f"{form} {name}"])


def retyped_number(it, chance):
    number, form = it.number, chance.random()
    if form < .25:
        number = re.sub(r"[-/]", lambda _: chance.choice([" ", "", "_", ".", "/", "-"]), number)
    elif form < .4:
        number = re.sub(r"(?<!\d)0+(?=\d)", "", number)
    elif form < .5:
        number = number.lower()
    return chance.choice(["", "", "", "№ ", "№", "Сч. ", "N "]) + number


def received(it, chance):
    day = it.day + datetime.timedelta(chance.choice([0, 0, 0, 0, 0, 1, 1, 2, 3, -1, -1, -2, -3]))
    return day.strftime("%d.%m.%y" if chance.happens(.5) else "%d.%m.%Y")


def register_amount(it, chance):
    return f"{it.amount:,.2f}".replace(",", chance.choice([" ", " ", ""])).replace(".", ",")


PAIR = Pair(
    things, both=2600, only_left=350, only_right=780,
    left=Table([
        Column("InvDate", "day", .06, .02),
        Column("DocNo", "number", .06, .05),
        Column("Vendor", vendor, .05, .06, in_words=True),
        Column("VendTIN", "tax_id", .3, .03),
        Column("GrossAmt", lambda it, chance: f"{it.amount:.2f}", .06, .03),
        Column("VAT", lambda it, chance: f"{it.amount / 6:.2f}", .25),
        Column("Curr", "currency", .05),
        Key("SAPdoc", lambda chance: str(51000000 + chance.randint(1, 999999))),
        Column("PO_ref", lambda it, chance: f"45{chance.digits(8)}", .4),
    ], doubled=.008, delimiter=";", encoding="utf-8-sig"),
    right=Table([
        Key("Рег.№", lambda chance: f"РГ-{chance.randint(1, 99999):06d}/24"),
        Column("Контрагент", register_supplier, .05, .07, in_words=True),
        Column("Вх. номер", retyped_number, .06, .05),
        Column("Дата вх.", received, .08),
        Column("Договор", "contract", .3),
        Column("Сумма с НДС, руб.", register_amount, .05, .03),
        Column("Подразд.", "place", .2),
        Column("Отв.", lambda it, chance: chance.choice(["Котова", "Рыжов", "Ким", "Сафина"]), .25),
    ], doubled=.02, delimiter=";", encoding="cp1251"))
