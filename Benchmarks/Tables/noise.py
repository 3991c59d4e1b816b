"""What happens to things on their way into two tables: cells are left out and mistyped, rows are
doubled or have no counterpart, and each side has columns and an encoding of its own."""
import csv
import datetime
import random
import re
from dataclasses import dataclass
from typing import Callable, Sequence, Union

KEYBOARD = "йцукенгшщзхъ фывапролджэ ячсмитьбю qwertyuiop asdfghjkl zxcvbnm 1234567890".split()


class Chance(random.Random):
    """Seeded randomness."""

    def happens(self, share):
        return self.random() < share

    def digits(self, count):
        return "".join(self.choices("0123456789", k=count))

    def day(self, first, last):
        """A day from one year to another, both included."""
        start, end = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
        return start + datetime.timedelta(self.randint(0, (end - start).days))


@dataclass(frozen=True)
class Column:
    """A column of one table.

    write: an attribute of the thing, or what makes the text of the thing and chance.
    missing, mistyped: shares of cells that are left out, and that have a typing error.
    in_words: typing errors spare numbers and initials.
    """
    header: str
    write: Union[str, Callable]
    missing: float = 0
    mistyped: float = 0
    in_words: bool = False


@dataclass(frozen=True)
class Key:
    """The column of the ids; `make` is asked again for one that is taken."""
    header: str
    make: Callable


@dataclass(frozen=True)
class Table:
    """One side; `doubled`: the share of things with two rows, `blanks`: what stands for nothing."""
    columns: Sequence[Union[Column, Key]]
    doubled: float
    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\n"
    blanks: Sequence[str] = ("",)


@dataclass(frozen=True)
class Pair:
    """Two tables, and how many things stand in both, in the left alone and in the right alone."""
    things: Callable
    both: int
    only_left: int
    only_right: int
    left: Table
    right: Table


def write(pair, kind, folder, seed):
    """Writes left.csv, right.csv and truth.csv into a folder named for the kind."""
    chance = Chance(f"{kind} {seed}")
    things = pair.things(chance)
    chance.shuffle(things)
    both, rest = things[:pair.both], things[pair.both:]
    only_right = rest[pair.only_left:pair.only_left + pair.only_right]
    assert len(only_right) == pair.only_right, f"too few things of the kind {kind}"
    target = folder / kind
    target.mkdir(parents=True, exist_ok=True)
    left = write_table(pair.left, both + rest[:pair.only_left], target / "left.csv", chance)
    right = write_table(pair.right, both + only_right, target / "right.csv", chance)
    with open(target / "truth.csv", "w", encoding="utf-8", newline="") as file:
        truth = csv.writer(file, lineterminator="\n")
        truth.writerow(["left_id", "right_id"])
        truth.writerows([a, b] for it in both for a in left[id(it)] for b in right[id(it)])


def write_table(table, things, path, chance):
    """Writes the rows in any order; gives the ids of each thing's rows by its identity."""
    rows = [it for it in things for _ in range(1 + chance.happens(table.doubled))]
    chance.shuffle(rows)
    ids, taken = {}, set()
    with open(path, "w", encoding=table.encoding, newline="") as file:
        out = csv.writer(file, delimiter=table.delimiter, lineterminator=table.line_end)
        out.writerow([column.header for column in table.columns])
        for it in rows:
            cells = []
            for column in table.columns:
                if isinstance(column, Key):
                    name = column.make(chance)
                    while name in taken:
                        name = column.make(chance)
                    taken.add(name)
                    ids.setdefault(id(it), []).append(name)
                    cells.append(name)
                else:
                    cells.append(cell(column, it, table.blanks, chance))
            out.writerow(cells)
    return ids


def cell(column, it, blanks, chance):
    written = column.write
    text = str(getattr(it, written) if isinstance(written, str) else written(it, chance))
    if not text or chance.happens(column.missing):
        return chance.choice(blanks)
    return mistyped(text, column.in_words, chance) if chance.happens(column.mistyped) else text


def mistyped(text, in_words, chance):
    """One letter or digit left out, doubled, exchanged with the next or hit beside."""
    places = [m.start() for m in re.finditer(r"[^\W_]", text)]
    if in_words:
        places = [k for k in places if text[k].isalpha()
                  and not re.search(r"\d", text[max(0, k - 3):k + 4])
                  and len(re.findall(r"\w", text[max(0, k - 2):k + 3])) >= 4]
    if len(places) < 3:
        return text
    k = chance.choice(places)
    before, hit, after = text[:k], text[k], text[k + 1:]
    other = before + beside(hit, chance) + after
    exchanged = before + after[:1] + hit + after[1:] if after[:1].isalnum() else other
    return chance.choices([before + after, exchanged, before + hit + hit + after, other],
                          [25, 25, 15, 35])[0]


def beside(letter, chance):
    """A key beside the letter's, in the same case."""
    for row in KEYBOARD:
        k = row.find(letter.lower())
        if k >= 0:
            near = chance.choice([row[n] for n in (k - 1, k + 1) if 0 <= n < len(row)])
            return near.upper() if letter.isupper() else near
    return letter
