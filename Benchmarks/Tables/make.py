#!/usr/bin/env python3
"""Makes pairs of tables with the truth about them: make.py KIND|all FOLDER [SEED]

Each kind gets a folder of its own with left.csv, right.csv and truth.csv (left_id, right_id),
the same bytes for the same seed. All of it is made up; a likeness with anybody would be chance.
"""
import importlib
import sys
from pathlib import Path

from noise import write

KINDS = ("restaurants", "publications", "bank_clients", "building_goods", "leasing_vehicles",
         "supplier_invoices", "clinic_patients", "shop_loyalty")

if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in (*KINDS, "all"):
        sys.exit(f"{__doc__.splitlines()[0]}\nkinds: {' '.join(KINDS)}")
    for kind in KINDS if sys.argv[1] == "all" else sys.argv[1:2]:
        seed = sys.argv[3] if len(sys.argv) == 4 else "1"
        write(importlib.import_module(kind).PAIR, kind, Path(sys.argv[2]), seed)
