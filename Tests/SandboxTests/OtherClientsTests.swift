import Foundation
import TestSupport
import Testing

@testable import Sandbox

@Suite(
    "Clients of others read the portal",
    .enabled(
        if: ExternalTool.pythonHas("fast_bitrix24, b24pysdk"),
        "python has no fast_bitrix24 or b24pysdk"))
struct OtherClientsTests {
    @Test("and find in every list what the world holds, and nothing to complain of")
    func everything() async throws {
        let python = try #require(ExternalTool.python)
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/portal_clients.py")
        let folder = try TemporaryFolder()
        let truth = folder.url.appending(path: "truth.json")
        try await withSandbox { client, sandbox in
            try JSONSerialization.data(withJSONObject: PortalTruth(sandbox.world).object)
                .write(to: truth)
            let hook = client.addresses.bitrixWebhook
            let path = try #require(hook.firstRange(of: "/rest/")?.lowerBound)
            let arguments = [
                script.path, String(hook[..<path]), String(hook[path...]),
                client.addresses.clientID, client.addresses.clientSecret, truth.path,
            ]
            let outcome = try await ExternalTool.runAside(python, arguments)
            #expect(outcome.status == 0)
            #expect(String(decoding: outcome.output, as: UTF8.self) == "")
        }
    }
}

/// What a world holds, without any of the code that shows it.
private struct PortalTruth {
    typealias Facts = [String: Any]
    let object: [String: Any]

    init(_ world: World) {
        let portal = world.portal
        var object: [String: Any] = [:]
        func put<Record>(
            _ name: String, _ records: [Record], _ id: (Record) -> Int64,
            _ facts: (Record) -> Facts
        ) {
            object[name] = Dictionary(
                uniqueKeysWithValues: records.map { (String(id($0)), facts($0)) })
        }
        put("companies", world.companies, \.id) { company in
            [
                "title": company.title, "origin": company.origin?.text ?? "",
                "phones": company.phones.map(\.text),
                "emails": company.email.isEmpty ? [] : [company.email],
            ]
        }
        put("contacts", portal.contacts, \.id) { contact in
            [
                "name": contact.firstName, "last": contact.lastName,
                "second": contact.secondName, "company": contact.companyID,
                "companies": [contact.companyID, contact.secondCompanyID].filter { $0 != 0 },
                "origin": contact.origin?.text ?? "", "phones": contact.phoneTexts,
                "emails": contact.email.map { [$0.text] } ?? [],
            ]
        }
        put("requisites", world.requisites, \.id) { requisite in
            [
                "company": requisite.companyID, "preset": Int(requisite.preset.rawValue),
                "inn": requisite.taxID ?? "", "kpp": requisite.kpp ?? "",
            ]
        }
        put("addresses", world.addresses, { $0.requisiteID * 10 + Int64($0.type) }) { row in
            let (address, notation) = (row.address, row.notation)
            return [
                "zip": address.postalCode, "province": address.province ?? "",
                "city": address.cityName(notation: notation),
                "street": address.streetLine(notation: notation),
                "office": address.officeLine(notation: notation) ?? "",
            ]
        }
        object["addressed"] = Set(world.addresses.map(\.requisiteID)).sorted()
        put("bankdetails", portal.bankDetails, \.id) { detail in
            [
                "requisite": detail.requisiteID, "account": detail.number,
                "bik": detail.bank.code,
            ]
        }
        put("deals", portal.deals, \.id) { deal in
            [
                "title": deal.title, "stage": deal.stageID, "category": deal.funnel.id,
                "amount": Arithmetic.text(deal.opportunity), "company": deal.companyID,
                "contact": deal.contactID, "origin": deal.origin?.text ?? "",
                "paid": Arithmetic.text(deal.paid),
            ]
        }
        var rows: [String: Facts] = [:]
        for deal in portal.deals {
            for row in portal.dealRows[Int(deal.rows.lowerBound)..<Int(deal.rows.upperBound)] {
                rows[String(row.id)] = [
                    "owner": deal.id, "product": row.productID,
                    "price": Arithmetic.text(row.price),
                    "quantity": Arithmetic.text(quantity: row.quantity),
                    "vat": row.vat.percent ?? 0,
                ]
            }
        }
        object["dealrows"] = rows
        put("invoices", portal.smartInvoices, \.id) { invoice in
            [
                "title": invoice.title, "number": invoice.accountNumberText,
                "stage": invoice.stageID, "amount": Arithmetic.text(invoice.opportunity),
                "company": invoice.companyID, "deal": invoice.dealID,
                "xml": invoice.xmlID?.text ?? "",
            ]
        }
        put("payments", portal.payments, \.id) { payment in
            [
                "sum": Arithmetic.text(payment.sum), "paid": payment.isPaid ? "Y" : "N",
                "number": payment.accountNumber,
            ]
        }
        object["payers"] = Set(portal.payments.map { [$0.owner.rawValue, $0.ownerID] }).sorted {
            ($0[0], $0[1]) < ($1[0], $1[1])
        }
        func catalog(_ product: CatalogProduct) -> Facts {
            [
                "name": product.name, "xml": product.xmlID, "type": Int(product.kind.rawValue),
                "block": product.blockID,
            ]
        }
        put("products", portal.products, \.id, catalog)
        put("offers", portal.products.filter { $0.kind == .offer }, \.id, catalog)
        put("sections", portal.sections, \.id) { section in
            ["name": section.name, "parent": section.parentID, "xml": section.xmlID]
        }
        put("prices", portal.prices, \.id) { price in
            [
                "product": price.productID, "type": price.kind.portalID,
                "price": Arithmetic.text(price.price),
            ]
        }
        put("stock", portal.stock, \.id) { stock in
            [
                "product": stock.productID, "store": stock.warehouse.storeID,
                "amount": Arithmetic.text(quantity: stock.amount),
                "reserved": Arithmetic.text(quantity: stock.reserved),
            ]
        }
        put("pricetypes", PriceKind.allCases.filter(\.isInPortal), \.portalID) { kind in
            ["name": kind.title, "xml": kind.portalXMLID]
        }
        put("vats", VATRate.allCases, \.portalID) { rate in
            ["name": rate.portalTitle, "rate": rate.percent ?? 0]
        }
        put("operations", world.operations, \.id) { operation in
            [
                "operation": operation.action.rawValue, "kind": operation.object.rawValue,
                "object": operation.objectID, "source": operation.source,
                "target": operation.target, "status": operation.status,
                "error": operation.failure?.rawValue ?? "",
                "duration": operation.durationMilliseconds,
            ]
        }
        put("stores", Warehouse.allCases, \.storeID) { ["title": $0.title] }
        put("measures", Measure.allCases, \.portalID) { ["code": $0.code] }
        put("users", portal.employees, \.id) { employee in
            [
                "last": employee.name.family, "email": employee.email,
                "active": employee.isActive,
            ]
        }
        put("departments", portal.departments, \.id) { department in
            ["name": department.name, "parent": department.parentID]
        }
        object["counts"] = ["statuses": StatusDirectory.all.count]
        self.object = object
    }
}
