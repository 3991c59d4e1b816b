import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Files that are not read")
struct UnreadFileTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    private var source: FolderSource {
        FolderSource(name: SourceName("files"), folder: fixture.folder.url)
    }

    private func refusal(_ entity: String = "product") async throws -> CollectionError {
        let (source, definition) = (source, try ExportFixture.entity(entity))
        return try await #require(throws: CollectionError.self) {
            try await source.collect(definition, progress: { _, _ in }, deliver: { _ in })
        }
    }

    @Test(
        "but are named for an entity are told, and not passed over",
        arguments: ["product.xlsx", "Product_2026-01-31.XLS", "product.xml", "product.zip"])
    func named(file: String) async throws {
        try fixture.write("PK", to: file)
        #expect(try source.keeps(EntityName("product")))
        #expect(try !source.keeps(EntityName("order")))
        let error = try await refusal()
        #expect(error.kind == .misconfigured && error.message.hasPrefix("\(file) in "))
        #expect(error.message.contains("is not read: save or unpack it as product.csv or"))
        let checks = await source.check(try ExportFixture.entity("product"))
        #expect(checks.map(\.isPassed) == [false] && checks[0].detail == error.message)
        // One that is read stands for the entity.
        try fixture.write("ID,name\n1,a\n", to: "product.csv")
        #expect(await source.check(try ExportFixture.entity("product")).map(\.isPassed) == [true])
    }

    @Test("are none of an entity by a name of another kind, nor packed journals")
    func others() throws {
        for file in ["product_notes.xlsx", "product.pdf", "operation.zip"] {
            try fixture.write("", to: file)
        }
        #expect(try !source.keeps(EntityName("product")))
        #expect(try !source.keeps(EntityName("operation")))
    }

    @Test(
        "a JSON array is told from JSON Lines, on one line and on many",
        arguments: [
            #"[{"id":"1","name":"a"},{"id":"2","name":"b"}]"#, "\n [\n  {\"id\":\"1\"}\n]\n",
        ])
    func array(text: String) async throws {
        try fixture.write(text, to: "product.json")
        let error = try await refusal()
        #expect(error.message.contains("a JSON array begins here; expected is JSON Lines"))
    }

    @Test("a slice of an archive is told, with what to do", arguments: ["v8.zip.001", "V8.ZIP.2"])
    func slice(file: String) async throws {
        try fixture.write("PK", to: file)
        let error = try await fixture.refusal()
        #expect(error.message.hasPrefix("\(file): a slice of an archive"))
        #expect(error.message.contains("join them in their order as \(file.prefix(6)) and"))
    }
}
