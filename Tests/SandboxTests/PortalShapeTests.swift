import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(
    "Shapes of documented answers of the portal",
    .enabled(if: ProjectFolders.shared != nil, "the documented answers are not beside the checkout")
)
struct PortalShapeTests {
    /// How much of a documented row the portal's row has to have.
    enum Rule { case exactly, atLeast }

    private func sample(_ file: String) throws -> [String: Any] {
        let folder = try #require(ProjectFolders.shared)
        let data = try Data(
            contentsOf: folder.appending(path: "bitrix24/docs/\(file).json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// The last row of an answer, under whichever keys it stands: the first of the funnels has
    /// fewer keys than the others.
    private func row(_ value: Any?) -> [String: Any]? {
        if let rows = value as? [[String: Any]] { return rows.last }
        guard let object = value as? [String: Any] else { return nil }
        if object.count == 1, let inner = object.values.first, row(inner) != nil {
            return row(inner)
        }
        return object
    }

    /// What JSON knows a value as: a number is one, whether whole or not.
    private func type(_ value: Any?) -> String {
        switch value {
        case is String: "string"
        case is [Any]: "list"
        case is [String: Any]: "object"
        case let number as NSNumber:
            String(cString: number.objCType) == "c" ? "bool" : "number"
        default: "null"
        }
    }

    private func isOfOnePortal(_ key: String) -> Bool {
        key.hasPrefix("UF_") || key.hasPrefix("PARENT_ID_") || key.hasPrefix("ufCrm")
            || key.hasPrefix("parentId1") || key.hasPrefix("property")
    }

    @Test(
        "a row has the documented keys, and values of the documented types",
        arguments: [
            ("crm-contact-get.ok", "crm.contact.get?id=9", Rule.atLeast),
            ("crm-contact-list.ok", "crm.contact.list?select[]=ID&select[]=EMAIL", .exactly),
            ("crm-deal-get.ok", "crm.deal.get?id=11", .atLeast),
            ("crm-deal-list.ok", "crm.deal.list", .atLeast),
            ("crm-deal-productrows-get.ok", "crm.deal.productrows.get?id=11", .exactly),
            ("crm-item-add.ok", "crm.item.get?entityTypeId=2&id=11", .atLeast),
            (
                "crm-item-productrow-list.ok",
                "crm.item.productrow.list?filter%5B%3DownerType%5D=D&filter%5B%3DownerId%5D=11",
                .exactly
            ),
            ("crm-requisite-bank-detail-get.ok", "crm.requisite.bankdetail.list", .exactly),
            ("crm-requisite-link-list.ok", "crm.requisite.link.list", .exactly),
            ("crm-requisite-preset-list.ok", "crm.requisite.preset.list", .atLeast),
            (
                "crm-status-list.ok", "crm.status.list?filter[ENTITY_ID]=DEAL_STAGE", .exactly
            ),
            ("crm-status-entity-items.ok", "crm.status.entity.items?entityId=DEAL_STAGE", .exactly),
            ("crm-category-list.ok", "crm.category.list?entityTypeId=2", .atLeast),
            ("crm-enum-owner-type.ok", "crm.enum.ownertype", .exactly),
            ("crm-contact-company-items-get.ok", "crm.contact.company.items.get?id=9", .exactly),
            ("catalog-catalog-list.ok", "catalog.catalog.list", .exactly),
            (
                "catalog-product-list.ok",
                "catalog.product.list?select[]=*&select[]=id&select[]=iblockId&filter[iblockId]=24",
                .exactly
            ),
            (
                "catalog-product-offer-list.ok",
                "catalog.product.offer.list?select[]=*&select[]=id&select[]=iblockId"
                    + "&filter[iblockId]=25", .exactly
            ),
            (
                "catalog-product-sku-list.ok",
                "catalog.product.sku.list?select[]=*&select[]=id&select[]=iblockId"
                    + "&filter[iblockId]=24", .atLeast
            ),
            ("catalog-price-list.ok", "catalog.price.list", .atLeast),
            ("catalog-store-list.ok", "catalog.store.list", .exactly),
            ("catalog-store-product-get.ok", "catalog.storeproduct.list", .exactly),
            ("catalog-section-get.ok", "catalog.section.list?filter[iblockId]=24", .exactly),
            ("catalog-measure-get.ok", "catalog.measure.list", .exactly),
            ("crm-vat-list.ok", "crm.vat.list", .exactly),
            ("user-current.ok", "user.current", .atLeast),
            ("feature-get.ok", "feature.get", .exactly),
        ])
    func rows(file: String, call: String, rule: Rule) async throws {
        let documented = try #require(row(try sample(file)["result"]))
        try await withSandbox(size: 40) { client, _ in
            let answer = try await client.send("GET", client.addresses.bitrixWebhook + call)
            let found = try #require(row(answer.object?["result"]), "\(call): \(answer.text)")
            let wanted = Set(documented.keys.filter { !isOfOnePortal($0) })
            let keys = Set(found.keys.filter { !isOfOnePortal($0) })
            if call.contains("select[]=EMAIL") {
                #expect(keys.isSubset(of: ["ID", "EMAIL"]))
            } else if rule == .exactly {
                #expect(keys == wanted, "\(call): \(keys.symmetricDifference(wanted).sorted())")
            } else {
                // A documented row without an answerable value may lack a multi-field.
                let missing = wanted.subtracting(keys).subtracting(["PHONE", "EMAIL"])
                #expect(missing.isEmpty, "\(call): \(missing)")
            }
            for key in keys.intersection(wanted) {
                let (one, other) = (type(found[key]), type(documented[key]))
                #expect(one == other || one == "null" || other == "null", "\(call): \(key)")
            }
        }
    }

    @Test(
        "an error is worded as documented",
        arguments: [
            ("crm-contact-get.error", "crm.contact.get"),
            ("crm-deal-list.error", "crm.deal.list?filter=ID"),
            ("crm-deal-productrows-get.error", "crm.deal.productrows.get"),
            ("crm-category-list.error", "crm.category.list?entityTypeId=199"),
            ("crm-status-list.error", "crm.status.list?filter=x"),
            ("crm-item-get.error", "crm.item.get?entityTypeId=2&id=999999"),
            ("crm-duplicate-find-by-comm.error", "crm.duplicate.findbycomm"),
            ("app-info.error", "app.info"),
        ])
    func errors(file: String, call: String) async throws {
        let documented = try sample(file)
        try await withSandbox(size: 20) { client, _ in
            let answer = try await client.send("GET", client.addresses.bitrixWebhook + call)
            #expect(answer.status == 400 || answer.status == 403)
            #expect(answer.object?["error"] as? String == documented["error"] as? String)
            #expect(
                answer.object?["error_description"] as? String
                    == documented["error_description"] as? String)
        }
    }

    @Test("tokens have exactly the documented keys and types")
    func tokens() async throws {
        try await withSandbox(size: 20) { client, sandbox in
            for (file, fields) in [
                (
                    "oauth-authorization-code.token",
                    "grant_type=authorization_code&code=\(sandbox.authorizationCode())"
                ),
                (
                    "oauth-refresh.refresh",
                    "grant_type=refresh_token&refresh_token="
                        + sandbox.installApplication().refresh
                ),
            ] {
                let documented = try sample(file)
                let answer = try await client.send(
                    "GET",
                    client.addresses.bitrixOAuth + "token/?\(fields)"
                        + "&client_id=\(client.addresses.clientID)"
                        + "&client_secret=\(client.addresses.clientSecret)")
                let pair = try #require(answer.object)
                #expect(Set(pair.keys) == Set(documented.keys))
                for (key, value) in documented { #expect(type(pair[key]) == type(value), "\(key)") }
            }
        }
    }
}
