"""Reads the companies of a portal with fast_bitrix24, for comparison: fast_bitrix24_read.py WEBHOOK

Companies, requisites and bank details as `get_all` gives them, with the client's own usual limits.
Addresses are left out: they have no id, and the client's pages of them are not whole.
"""
import sys
import time

from fast_bitrix24 import Bitrix

portal = Bitrix(sys.argv[1], verbose=False)
start = time.monotonic()
counts = []
for method, select in (
    ("crm.company.list", ["ID", "TITLE", "PHONE", "EMAIL", "ORIGIN_ID", "ASSIGNED_BY_ID"]),
    ("crm.requisite.list", ["ID", "ENTITY_ID", "RQ_INN", "RQ_KPP", "RQ_OGRN", "XML_ID"]),
    ("crm.requisite.bankdetail.list", ["ID", "ENTITY_ID", "RQ_BIK", "RQ_ACC_NUM"]),
):
    rows = portal.get_all(method, params={"select": select})
    counts.append(f"{method} {len(rows)} rows")
print(f"fast_bitrix24: {', '.join(counts)}: {time.monotonic() - start:.1f} s wall")
