import Foundation
import Sandbox
import Testing

/// What both systems serve, read as a stranger would read it.
private struct Served {
    var counterparties: [String: [String: Any]] = [:]
    var companies: [String: [String: Any]] = [:]
    /// The first active requisite of each company that carries more than an address.
    var requisites: [String: [String: Any]] = [:]

    init(_ client: SandboxClient) async throws {
        let answer = try await client.odata(
            "Catalog_Контрагенты?$format=application/json;odata=nometadata&$filter=IsFolder eq false"
        )
        for row in answer.object?["value"] as? [[String: Any]] ?? [] {
            counterparties[row["Ref_Key"] as? String ?? ""] = row
        }
        let fields = ["ID", "TITLE", "PHONE", "EMAIL", "ORIGIN_ID", "IS_MY_COMPANY"]
        for row in try await client.allByCursor("crm.company.list", fields)
        where row["IS_MY_COMPANY"] as? String == "N" {
            companies[row["ID"] as? String ?? ""] = row
        }
        let details = ["ID", "ENTITY_ID", "RQ_INN", "RQ_KPP", "ACTIVE", "ADDRESS_ONLY", "XML_ID"]
        for row in try await client.allByCursor("crm.requisite.list", details)
        where row["ACTIVE"] as? String == "Y" && row["ADDRESS_ONLY"] as? String == "N" {
            let owner = row["ENTITY_ID"] as? String ?? ""
            if requisites[owner] == nil { requisites[owner] = row }
        }
    }

    func phones(ofCounterparty id: String) -> Set<String> {
        let rows = counterparties[id]?["КонтактнаяИнформация"] as? [[String: Any]] ?? []
        return Set(
            rows.filter { $0["Тип"] as? String == "Телефон" }
                .compactMap { ($0["Представление"] as? String).map(Self.national) })
    }

    func phones(ofCompany id: String) -> Set<String> {
        let rows = companies[id]?["PHONE"] as? [[String: Any]] ?? []
        return Set(rows.compactMap { ($0["VALUE"] as? String).map(Self.national) })
    }

    /// The ten digits of a Russian number, whatever its notation.
    static func national(_ text: String) -> String {
        let digits = text.prefix { $0 != "д" }.filter(\.isNumber)
        return String(digits.suffix(10))
    }
}

@Suite("Truth")
struct TruthTests {
    @Test("says of each planted error what the two systems really serve")
    func planted() async throws {
        try await withSandbox(size: 1500) { client, sandbox in
            let served = try await Served(client)
            let errors = sandbox.world.plantedErrors
                .filter { $0.isRequired && $0.entity == "counterparty" }
            let pairs = sandbox.world.truePairs
            let paired = (
                left: Set(pairs.map(\.leftID)), right: Set(pairs.map(\.rightID))
            )
            #expect(errors.count > 100)
            for error in errors {
                for id in error.leftIDs { #expect(served.counterparties[id] != nil) }
                for id in error.rightIDs { #expect(served.companies[id] != nil) }
                let left = error.leftIDs.first ?? ""
                let right = error.rightIDs.last ?? ""
                let company = served.companies[right] ?? [:]
                let counterparty = served.counterparties[left] ?? [:]
                switch (error.kind, error.field) {
                case (.missing, _):
                    #expect(!paired.left.contains(left) && !paired.right.contains(right))
                case (.duplicate, _):
                    #expect(max(error.leftIDs.count, error.rightIDs.count) == 2)
                case (.mismatch, "phone"?):
                    #expect(
                        served.phones(ofCounterparty: left)
                            .isDisjoint(with: served.phones(ofCompany: right)))
                case (.mismatch, "tax_id"?):
                    let other = served.requisites[right]?["RQ_INN"] as? String ?? ""
                    #expect(IdentifierTests.isRight(other))
                    #expect(other != counterparty["ИНН"] as? String)
                case (.mismatch, "kpp"?):
                    #expect(
                        served.requisites[right]?["RQ_KPP"] as? String
                            != counterparty["КПП"] as? String)
                case (.brokenLink, _):
                    let origin = try #require(company["ORIGIN_ID"] as? String)
                    #expect(
                        error.note == "points_to_deleted"
                            ? served.counterparties[origin]?["DeletionMark"] as? Bool == true
                            : served.counterparties[origin] == nil)
                case (.conflict, _):
                    #expect(company["ORIGIN_ID"] as? String == left)
                    #expect(
                        served.requisites[right]?["RQ_INN"] as? String
                            != counterparty["ИНН"] as? String)
                case (.invalid, "tax_id"?):
                    let sides = [
                        counterparty["ИНН"] as? String ?? "",
                        served.requisites[right]?["RQ_INN"] as? String ?? "",
                    ].map(IdentifierTests.isRight)
                    #expect(sides.contains(false))
                    #expect(sides.contains(true) == (error.side != nil))
                default: break
                }
            }
        }
    }

    @Test("leaves pairs alone of which it says nothing: same phone, e-mail and taxpayer")
    func unplanted() async throws {
        try await withSandbox(size: 1500) { client, sandbox in
            let served = try await Served(client)
            let errors = sandbox.world.plantedErrors.filter { $0.entity == "counterparty" }
            let touched = (
                left: Set(errors.flatMap(\.leftIDs)), right: Set(errors.flatMap(\.rightIDs))
            )
            var compared = 0
            for pair in sandbox.world.truePairs
            where !touched.left.contains(pair.leftID) && !touched.right.contains(pair.rightID) {
                let company = try #require(served.companies[pair.rightID])
                let counterparty = try #require(served.counterparties[pair.leftID])
                #expect(
                    served.phones(ofCounterparty: pair.leftID)
                        == served.phones(ofCompany: pair.rightID))
                let email = (company["EMAIL"] as? [[String: Any]])?.first?["VALUE"] as? String
                let emails = (counterparty["КонтактнаяИнформация"] as? [[String: Any]] ?? [])
                    .filter { $0["Тип"] as? String == "АдресЭлектроннойПочты" }
                    .compactMap { $0["Представление"] as? String }
                #expect(emails == [email?.lowercased()])
                let taxID = (served.requisites[pair.rightID]?["RQ_INN"] as? String ?? "")
                    .filter(\.isNumber)
                #expect(taxID == counterparty["ИНН"] as? String)
                let origin = company["ORIGIN_ID"] as? String ?? ""
                #expect(origin.isEmpty || origin == pair.leftID)
                compared += 1
            }
            #expect(compared > 900)
        }
    }

    @Test("says nothing twice, and half of the companies carry a link to their record")
    func links() async throws {
        try await withSandbox(size: 1500) { client, sandbox in
            let served = try await Served(client)
            let required = sandbox.world.plantedErrors.filter(\.isRequired)
            #expect(Set(required).count == required.count)
            let linked = served.companies.values.filter {
                !($0["ORIGIN_ID"] as? String ?? "").isEmpty
            }
            let share = Double(linked.count) / Double(served.companies.count)
            #expect((0.42...0.58).contains(share))
            let byXML = served.requisites.values.filter { $0["XML_ID"] is String }
            #expect(byXML.count > served.requisites.count / 10)
        }
    }
}
