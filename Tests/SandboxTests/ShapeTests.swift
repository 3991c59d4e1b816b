import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(
    "Shapes of recorded answers",
    .enabled(if: ProjectFolders.shared != nil, "the recorded answers are not beside the checkout"))
struct ShapeTests {
    private func recorded(_ path: String) throws -> [String: Any] {
        let folder = try #require(ProjectFolders.shared)
        let data = try Data(contentsOf: folder.appending(path: path))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("a company has the keys of the documented one")
    func company() async throws {
        let sample = try #require(
            try recorded("bitrix24/docs/crm-company-get.ok.json")["result"] as? [String: Any])
        try await withSandbox(size: 60) { client, _ in
            let answer = try await client.call("crm.company.get", ["id": 5])
            let row = try #require(answer.object?["result"] as? [String: Any])
            // Own fields and links to smart processes differ from portal to portal.
            let portalOwn = sample.keys.filter { $0.hasPrefix("UF_") || $0.hasPrefix("PARENT_ID_") }
            #expect(Set(row.keys).isSuperset(of: Set(sample.keys).subtracting(portalOwn)))
        }
    }

    @Test("a requisite has exactly the keys of the documented one")
    func requisite() async throws {
        let sample = try #require(
            try recorded("bitrix24/docs/crm-requisite-get.ok.json")["result"] as? [String: Any])
        try await withSandbox(size: 60) { client, _ in
            let answer = try await client.call("crm.requisite.get", ["id": 15])
            let row = try #require(answer.object?["result"] as? [String: Any])
            #expect(Set(row.keys) == Set(sample.keys))
        }
    }

    @Test(
        "answers have the keys, types and error bodies of the documented ones",
        arguments: [
            ("crm-address-list.ok.json", "crm.address.list"),
            ("crm-enum-address-type.ok.json", "crm.enum.addresstype"),
            ("profile.ok.json", "profile"), ("method-get.ok.json", "method.get"),
            ("crm-company-get.error.json", "crm.company.get?id=999999"),
            ("crm-item-list.error.json", "crm.item.list?entityTypeId=4&filter[FIELD]=1"),
        ])
    func answers(file: String, method: String) async throws {
        let sample = try recorded("bitrix24/docs/\(file)")
        try await withSandbox(size: 60) { client, _ in
            let answer = try await client.send("GET", client.addresses.bitrixWebhook + method)
            let object = try #require(answer.object)
            #expect(Set(object.keys) == Set(sample.keys))
            if sample["error"] != nil {
                #expect(object["error"] as? String == sample["error"] as? String)
                #expect(
                    object["error_description"] as? String
                        == sample["error_description"] as? String)
            }
            if let row = Self.row(object), let documented = Self.row(sample) {
                #expect(Set(row.keys) == Set(documented.keys))
                for key in documented.keys where !(row[key] is NSNull) {
                    guard !(documented[key] is NSNull) else { continue }
                    #expect((row[key] is String) == (documented[key] is String), "\(key)")
                }
            }
        }
    }

    private static func row(_ answer: [String: Any]) -> [String: Any]? {
        (answer["result"] as? [[String: Any]])?.first ?? answer["result"] as? [String: Any]
    }

    @Test("a field is described as in the documented answer")
    func fields() async throws {
        let sample = try #require(
            try recorded("bitrix24/docs/crm-company-fields.ok.json")["result"]
                as? [String: [String: Any]])
        try await withSandbox(size: 60) { client, _ in
            let answer = try await client.call("crm.company.fields")
            let fields = try #require(answer.object?["result"] as? [String: [String: Any]])
            for (name, field) in fields where sample[name] != nil {
                #expect(field["type"] as? String == sample[name]?["type"] as? String, "\(name)")
                #expect(field["isMultiple"] as? Bool == sample[name]?["isMultiple"] as? Bool)
            }
            #expect(fields.keys.filter { sample[$0] != nil }.count > 40)
        }
    }
}
