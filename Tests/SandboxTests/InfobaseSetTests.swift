import Foundation
import FoundationXML
import Sandbox
import Testing

@Suite("Infobase sets")
struct InfobaseSetTests {
    @Test(
        "have in JSON and in Atom what the metadata declares, and give each entity by its key",
        arguments: InfobaseConfiguration.allCases)
    func declared(configuration: InfobaseConfiguration) async throws {
        try await withSandbox(
            size: 50, configure: { $0.infobase.configuration = configuration }
        ) { client, _ in
            let metadata = try #require(Edmx(try await client.odata("$metadata").body))
            let document = try await client.odata("?$format=json")
            let listed = (document.object?["value"] as? [[String: String]])?.compactMap {
                $0["name"]
            }
            #expect(listed == metadata.sets)
            #expect(Set(metadata.sets).count == metadata.sets.count)
            for name in metadata.sets {
                let kind = try #require(metadata.kinds[name], "\(name)")
                let rows = try await read(client, "\(name)?$top=2")
                for row in rows { check(row, kind, metadata, name) }
                let count = try await client.odata("\(name)/$count").text.dropFirst()
                #expect((Int(count) ?? -1) >= rows.count, "\(name)")
                guard let first = rows.first else { continue }
                try await checkKey(client, name, first, kind)
                try await checkAtom(client, name, kind)
            }
        }
    }

    private func read(_ client: SandboxClient, _ query: String) async throws -> [[String: Any]] {
        let separator = query.contains("?") ? "&" : "?"
        let answer = try await client.odata(
            query + separator + "$format=application/json;odata=nometadata")
        #expect(answer.status == 200, "\(query): \(answer.text.prefix(200))")
        return answer.object?["value"] as? [[String: Any]] ?? []
    }

    private func check(
        _ row: [String: Any], _ kind: Edmx.Kind, _ metadata: Edmx, _ name: String
    ) {
        #expect(Set(row.keys) == Set(kind.properties.keys), "\(name)")
        for (field, type) in kind.properties {
            guard let value = row[field] else { continue }
            if value is NSNull {
                #expect(kind.nullable.contains(field), "\(name).\(field)")
                continue
            }
            #expect(Self.fits(value, type), "\(name).\(field): \(value) is no \(type)")
            guard let inner = metadata.rows(of: type) else { continue }
            for line in value as? [[String: Any]] ?? [] {
                // The recorder stands on the entity, not in its rows.
                let declared = inner.properties.keys.filter { !$0.hasPrefix("Recorder") }
                #expect(
                    Set(line.keys)
                        == Set(declared).union(
                            inner.properties.keys.filter { $0 == "RecordType" }), "\(name).\(field)"
                )
            }
        }
    }

    private static func fits(_ value: Any, _ type: String) -> Bool {
        let text = value as? String
        switch type {
        case "Edm.String": return text != nil
        case "Edm.Guid": return text.flatMap { UUID(uuidString: $0) } != nil
        case "Edm.Int64": return text.flatMap { Int64($0) } != nil
        case "Edm.Boolean", "Edm.Double", "Edm.Int16": return value is NSNumber
        case "Edm.DateTime":
            return text?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil
        default: return value is [Any]
        }
    }

    private func checkKey(
        _ client: SandboxClient, _ name: String, _ row: [String: Any], _ kind: Edmx.Kind
    ) async throws {
        let parts = kind.keys.map { key in
            let text = "\(row[key] ?? "")"
            let literal =
                switch kind.properties[key] {
                case "Edm.Guid": "guid'\(text)'"
                case "Edm.DateTime": "datetime'\(text)'"
                case "Edm.String": "'\(text)'"
                default: text
                }
            return "\(key)=\(literal)"
        }
        let answer = try await client.odata(
            "\(name)(\(parts.joined(separator: ",")))?$format=json;odata=nometadata")
        #expect(answer.status == 200, "\(name): \(answer.text.prefix(200))")
        let entity = answer.object ?? [:]
        #expect(NSDictionary(dictionary: entity) == NSDictionary(dictionary: row), "\(name)")
    }

    private func checkAtom(
        _ client: SandboxClient, _ name: String, _ kind: Edmx.Kind
    ) async throws {
        let answer = try await client.odata("\(name)?$top=1")
        let reader = PropertyReader()
        let parser = XMLParser(data: answer.body)
        parser.delegate = reader
        #expect(parser.parse(), "\(name)")
        #expect(reader.names == Set(kind.properties.keys), "\(name)")
    }
}

/// The names of the elements right below `m:properties`.
private final class PropertyReader: NSObject, XMLParserDelegate {
    private(set) var names: Set<String> = []
    private var path: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        if path.last == "m:properties" { names.insert(String(name.dropFirst(2))) }
        path.append(name)
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        path.removeLast()
    }
}
