"""Reads a portal back with clients that are not ours, and compares with what it really holds.

    portal_clients.py ORIGIN WEBHOOK_PATH CLIENT_ID CLIENT_SECRET TRUTH.json

Prints one complaint a line - a difference, a client's warning or its exception - and ends with
status 1 when there is one. Both clients are used as their readme shows it. b24pysdk insists on
HTTPS and on the vendor's host for tokens; only the transport below it is led to the sandbox.
"""

import json
import sys
import warnings
from decimal import Decimal

import requests
from b24pysdk import BitrixAppLocal, BitrixToken, BitrixWebhook, Client, Config
from fast_bitrix24 import Bitrix
from requests.adapters import HTTPAdapter

ORIGIN, HOOK, CLIENT_ID, CLIENT_SECRET, TRUTH = sys.argv[1:6]
HOST = ORIGIN.removeprefix("http://")
PORT = HOST.split(":")[1]
complaints = []
# The portal is told to have no limit on requests; the client would wait for its sake.
QUICK = {"verbose": False, "request_pool_size": 1000, "requests_per_second": 1000.0}


def lead_to_the_sandbox():
    send = HTTPAdapter.send

    def plain(self, request, **options):
        request.url = request.url.replace("https://oauth.bitrix24.tech", ORIGIN)
        request.url = request.url.replace("https://", "http://", 1)
        # b24pysdk keeps a new host without its port, which portals do not have.
        request.url = request.url.replace("http://localhost/", f"http://localhost:{PORT}/")
        return send(self, request, **options)

    HTTPAdapter.send = plain


def same(value):
    """What is the same in both dialects: numbers as numbers, everything unset as nothing."""
    if value in (None, "", "0", 0, False, []):
        return None
    if isinstance(value, list):
        return sorted(str(one) for one in value)
    try:
        number = Decimal(value if isinstance(value, (bool, str)) else repr(value))
    except ArithmeticError:
        return value
    return number.normalize() or None


def values(row, key):
    return [one["VALUE"] for one in row.get(key, [])]


def fm(row, kind):
    return [one["value"] for one in row["fm"] if one["typeId"] == kind]


# For each list: the method, its parameters, the row's id, and each fact of the truth by its key.
def facts(*names, **others):
    return {name: (lambda row, key=key: row[key]) for name, key in [n.split("=") for n in names]} | others


CATALOG = {"select": ["id", "iblockId", "name", "xmlId", "type", "property110"]}
LISTS = [
    ("companies", "crm.company.list", {"select": ["ID", "TITLE", "ORIGIN_ID", "PHONE", "EMAIL"]}, "ID",
     facts("title=TITLE", "origin=ORIGIN_ID", phones=lambda r: values(r, "PHONE"), emails=lambda r: values(r, "EMAIL"))),
    ("contacts", "crm.contact.list",
     {"select": ["ID", "NAME", "LAST_NAME", "SECOND_NAME", "COMPANY_ID", "ORIGIN_ID", "PHONE", "EMAIL"]}, "ID",
     facts("name=NAME", "last=LAST_NAME", "second=SECOND_NAME", "company=COMPANY_ID", "origin=ORIGIN_ID",
           phones=lambda r: values(r, "PHONE"), emails=lambda r: values(r, "EMAIL"))),
    ("requisites", "crm.requisite.list", {"select": ["ID", "ENTITY_ID", "PRESET_ID", "RQ_INN", "RQ_KPP"]}, "ID",
     facts("company=ENTITY_ID", "preset=PRESET_ID", "inn=RQ_INN", "kpp=RQ_KPP")),
    ("bankdetails", "crm.requisite.bankdetail.list", {}, "ID",
     facts("requisite=ENTITY_ID", "account=RQ_ACC_NUM", "bik=RQ_BIK")),
    ("deals", "crm.deal.list", {}, "ID",
     facts("title=TITLE", "stage=STAGE_ID", "category=CATEGORY_ID", "amount=OPPORTUNITY", "company=COMPANY_ID",
           "contact=CONTACT_ID", "origin=ORIGIN_ID", "paid=UF_CRM_1C_PAID")),
    ("companies", "crm.item.list", {"entityTypeId": 4, "select": ["*"]}, "id",
     facts("title=title", "origin=originId", phones=lambda r: fm(r, "PHONE"), emails=lambda r: fm(r, "EMAIL"))),
    ("contacts", "crm.item.list", {"entityTypeId": 3, "select": ["*"]}, "id",
     facts("name=name", "last=lastName", "second=secondName", "company=companyId", "companies=companyIds",
           "origin=originId", phones=lambda r: fm(r, "PHONE"), emails=lambda r: fm(r, "EMAIL"))),
    ("deals", "crm.item.list",
     {"entityTypeId": 2, "select": ["id", "title", "stageId", "categoryId", "opportunity", "companyId",
                                    "contactId", "originId", "ufCrm1cPaid"]}, "id",
     facts("title=title", "stage=stageId", "category=categoryId", "amount=opportunity", "company=companyId",
           "contact=contactId", "origin=originId", "paid=ufCrm1cPaid")),
    ("invoices", "crm.item.list", {"entityTypeId": 31}, "id",
     facts("title=title", "number=accountNumber", "stage=stageId", "amount=opportunity", "company=companyId",
           "deal=parentId2", "xml=xmlId")),
    ("operations", "crm.item.list", {"entityTypeId": 1042}, "id",
     facts("operation=ufCrm7Operation", "kind=ufCrm7ObjectType", "object=ufCrm7ObjectId", "source=ufCrm7Source",
           "target=ufCrm7Target", "status=ufCrm7Status", "error=ufCrm7ErrorCode", "duration=ufCrm7Duration")),
    ("products", "catalog.product.list", CATALOG | {"filter": {"iblockId": [24, 25]}}, "id",
     facts("name=name", "xml=xmlId", "type=type", "block=iblockId")),
    ("offers", "catalog.product.offer.list", CATALOG | {"filter": {"iblockId": 25}}, "id",
     facts("name=name", "xml=xmlId")),
    ("sections", "catalog.section.list", {"filter": {"iblockId": 24}}, "id",
     facts("name=name", "parent=iblockSectionId", "xml=xmlId")),
    ("prices", "catalog.price.list", {}, "id",
     facts("product=productId", "type=catalogGroupId", "price=price")),
    ("stock", "catalog.storeproduct.list", {}, "id",
     facts("product=productId", "store=storeId", "amount=amount", "reserved=quantityReserved")),
    ("pricetypes", "catalog.priceType.list", {}, "id", facts("name=name", "xml=xmlId")),
    ("vats", "catalog.vat.list", {}, "id", facts("name=name", "rate=rate")),
    ("stores", "catalog.store.list", {}, "id", facts("title=title")),
    ("measures", "catalog.measure.list", {}, "id", facts("code=code")),
    ("users", "user.get", {}, "ID", facts("last=LAST_NAME", "email=EMAIL", "active=ACTIVE")),
    ("departments", "department.get", {}, "ID", facts("name=NAME", "parent=PARENT")),
]


def compare(client, what, rows, id_key, keys, truth):
    found = {}
    for row in rows:
        number = str(row[id_key])
        if number in found:
            complaints.append(f"{client}: {what}: {number} comes twice")
        found[number] = {name: same(value(row)) for name, value in keys.items()}
    wanted = {
        number: {name: same(record[name]) for name in keys} for number, record in truth.items()
    }
    for number in sorted(set(wanted) ^ set(found), key=int)[:5]:
        where = "missing" if number in wanted else "not in the truth"
        complaints.append(f"{client}: {what}: {number} is {where}")
    for number in sorted(set(wanted) & set(found), key=int):
        for name in keys:
            if wanted[number][name] != found[number][name]:
                complaints.append(
                    f"{client}: {what}: {number}.{name} is {found[number][name]!r}, "
                    f"in truth {wanted[number][name]!r}")
    if not wanted:
        complaints.append(f"{client}: {what}: the truth is empty")


ROW = facts("owner=OWNER_ID", "product=PRODUCT_ID", "price=PRICE", "quantity=QUANTITY", "vat=TAX_RATE")
ITEM_ROW = facts("owner=ownerId", "product=productId", "price=price", "quantity=quantity", "vat=taxRate")
ADDRESS = facts("zip=POSTAL_CODE", "province=PROVINCE", "city=CITY", "street=ADDRESS_1", "office=ADDRESS_2")
PAYMENT = facts("sum=sum", "paid=paid", "number=accountNumber")


def with_fast_bitrix24(truth):
    client = Bitrix(ORIGIN + HOOK, **QUICK)
    for what, method, parameters, id_key, keys in LISTS:
        rows = client.get_all(method, dict(parameters))
        compare("fast_bitrix24", f"{what} by {method}", rows, id_key, keys, truth[what])
    addresses = client.get_all("crm.address.list")
    if len(addresses) != 50:
        complaints.append(f"fast_bitrix24: crm.address.list gave {len(addresses)} addresses, not a page")
    statuses = client.get_all("crm.status.list")
    if len(statuses) != truth["counts"]["statuses"]:
        complaints.append(f"fast_bitrix24: {len(statuses)} statuses")
    owners = sorted({record["owner"] for record in truth["dealrows"].values()})
    by_deal = client.get_by_ID("crm.deal.productrows.get", owners)
    rows = [row for rows in by_deal.values() for row in rows]
    compare("fast_bitrix24", "dealrows", rows, "ID", ROW, truth["dealrows"])
    if len(client.list_and_get("crm.company")) != len(truth["companies"]):
        complaints.append("fast_bitrix24: list_and_get gave another number of companies")


def with_b24pysdk(truth):
    Config().configure(default_timeout=60)
    token = BitrixWebhook(domain=HOST, webhook_token=HOOK.removeprefix("/rest/").strip("/"))
    for what, method, parameters, id_key, keys in LISTS:
        ways = [("as_list", token.call_list)]
        # Fifty pages a batch, whatever comes: enough of it for one method of each kind.
        if parameters.get("select", ["*"]) != ["*"] or method in ("catalog.price.list", "user.get", "department.get"):
            ways.append(("as_list_fast", token.call_list_fast))
        for way, call in ways:
            rows = list(call(method, dict(parameters))["result"])
            compare(f"b24pysdk {way}", f"{what} by {method}", rows, id_key, keys, truth[what])
    wanted = sorted({record["owner"] for record in truth["dealrows"].values()})
    rows = token.call_list(
        "crm.item.productrow.list", {"filter": {"=ownerType": "D", "=ownerId": wanted}})["result"]
    compare("b24pysdk", "dealrows", rows, "id", ITEM_ROW, truth["dealrows"])
    payments = token.call_batches({
        f"{kind}_{owner}": ("crm.item.payment.list", {"entityTypeId": kind, "entityId": owner})
        for kind, owner in truth["payers"]
    })["result"]["result"]
    rows = [row for rows in (payments.values() if isinstance(payments, dict) else payments) for row in rows]
    compare("b24pysdk", "payments", rows, "id", PAYMENT, truth["payments"])
    addresses = token.call_batches({
        f"a{owner}": ("crm.address.list", {"filter": {"ENTITY_TYPE_ID": 8, "ENTITY_ID": owner}})
        for owner in truth["addressed"]
    })["result"]["result"]
    rows = [row for rows in (addresses.values() if isinstance(addresses, dict) else addresses) for row in rows]
    # They have no id: owner and type tell them apart.
    rows = [row | {"key": int(row["ENTITY_ID"]) * 10 + int(row["TYPE_ID"])} for row in rows]
    compare("b24pysdk", "addresses", rows, "key", ADDRESS, truth["addresses"])
    client = Client(token)
    if client.profile().response.result["ADMIN"] is not True:
        complaints.append("b24pysdk: the webhook's owner is no administrator")
    if not client.method.get(name="crm.item.list").response.result["isAvailable"]:
        complaints.append("b24pysdk: crm.item.list is said not to be available")


def with_oauth():
    control = ORIGIN + "/__sandbox/"
    requests.post(control + "switches", json={"access-lifetime": "0"}).raise_for_status()
    pair = requests.post(control + "oauth/install").json()
    requests.post(control + "switches", json={"access-lifetime": "3600"}).raise_for_status()
    app = BitrixAppLocal(domain=HOST, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
    token = BitrixToken(
        domain=HOST, auth_token=pair["access_token"], refresh_token=pair["refresh_token"], bitrix_app=app)
    token.call_method("crm.company.list", {"start": -1})
    if token.refresh_token == pair["refresh_token"] or token.auth_token == pair["access_token"]:
        complaints.append("b24pysdk: the expired token was not renewed")
    if not token.call_method("app.info")["result"]["INSTALLED"]:
        complaints.append("b24pysdk: app.info does not know the application")
    requests.post(control + "faults", json={"rule": "redirected,times=1"}).raise_for_status()
    token.call_method("profile")
    if token.domain == HOST:
        complaints.append("b24pysdk: did not follow the portal to its new host")

    async def current():
        return token.auth_token

    client = Bitrix(ORIGIN + "/rest/", token_func=current, **QUICK)
    if not client.get_all("crm.contact.list", {"select": ["ID"]}):
        complaints.append("fast_bitrix24: no contacts with a token")


def main():
    lead_to_the_sandbox()
    with open(TRUTH) as file:
        truth = json.load(file)
    for name, step in [
        ("fast_bitrix24", lambda: with_fast_bitrix24(truth)), ("b24pysdk", lambda: with_b24pysdk(truth)),
        ("oauth", with_oauth),
    ]:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                step()
            except Exception as error:
                complaints.append(f"{name}: {type(error).__name__}: {error}")
        for warning in caught:
            # Advice about the caller's own habits is no complaint about the portal.
            if "selecting all fields" in str(warning.message) or warning.category is DeprecationWarning:
                continue
            complaints.append(f"{name}: warning: {warning.message}")
    for line in complaints:
        print(line)
    sys.exit(1 if complaints else 0)


main()
