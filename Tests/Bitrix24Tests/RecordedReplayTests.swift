import Collection
import Foundation
import Records
import Synchronization
import TestSupport
import Testing

@Suite(
    "The collector reads answers recorded from portals",
    .enabled(if: ProjectFolders.shared != nil, "needs the recorded answers beside the checkout"))
struct RecordedReplayTests {
    private let folder: URL

    init() throws {
        folder = try #require(ProjectFolders.shared).appending(path: "bitrix24")
    }

    private func document(_ file: String) throws -> JSONValue {
        try JSONDocument(
            parsing: Array(try Data(contentsOf: folder.appending(path: file + ".json")))
        ).root
    }

    /// Gives a method the rows of an answer as they were recorded.
    private func play(
        _ rows: JSONValue?, as method: String, in container: String? = nil,
        of content: inout PortalDouble.Content
    ) throws {
        for row in try #require(rows).elements {
            var members: [String: String] = [:]
            for (name, value) in row.members { members[name] = value.scalarText }
            // By this member the double sorts, pages and refers.
            let id = try #require(members["ID"] ?? members["id"] ?? members["STATUS_ID"])
            members["ID"] = id
            content.rows[method, default: []].append(members)
            content.raw[method, default: [:]][id] = row.jsonText
        }
        content.containers[method] = container
    }

    @Test("items of the universal methods, their rows and stages")
    func items() async throws {
        let fixture = try PortalFixture(entity: "invoice")
        var content = PortalDouble.Content()
        let list = try document("recorded/crm-item-list")
        try play(list["result"]?["items"], as: "crm.item.list", in: "items", of: &content)
        let lines = try document("recorded/crm-item-productrow-list")
        try play(
            lines["result"]?["result"]?["cmd0000000000"]?["productRows"],
            as: "crm.item.productrow.list", in: "productRows", of: &content)
        let stages = try document("recorded/crm-dealcategory-stage-list-batch-of-one")
        try play(
            stages["response"]?["result"]?["result"]?.elements.first { _ in true },
            as: "crm.status.list",
            of: &content)
        content.descriptions["crm.item.fields"] = ["id", "title", "opportunity", "xmlId"]
        // A portal that has worked too long for a method says so inside a good batch, once here.
        let busy = Array(
            try Data(
                contentsOf: folder.appending(path: "recorded/batch-operation-time-limit.json")))
        let portal = PortalDouble(content) { number, method in
            number == 0 && method == "batch" ? HTTPResponse(status: 200, body: busy) : nil
        }

        let (records, certificate) = try await fixture.read(portal)

        #expect(records.map(\.id.rawValue) == ["1", "2", "3"])
        #expect(
            records.map { fixture.value("title", of: $0) } == [
                .text("Конференция Оцифровка 2024"),
                .text("Вебинар - Встреча с вендором \"Сбер Бизнес Софт\""),
                .text("Полезный вебинар Захар Технолоджи 06.06.2024 в 14:00 мск"),
            ])
        // The rows belong to an item that was not recorded with them.
        let counts = records.map { fixture.value("line_count", of: $0) }
        #expect(counts.allSatisfy { $0 == nil || $0 == .integer(0) }, "\(counts)")
        #expect(certificate.isCertified && certificate.deliveredCount == 3)
        #expect(portal.calls.contains { $0.contains("[crm.item.productrow.list]") })
    }

    @Test("companies with telephones, requisites, addresses and bank details, as documented")
    func companies() async throws {
        let fixture = try PortalFixture()
        var content = PortalDouble.Content()
        try play(
            document("docs/crm-company-list.ok")["result"], as: "crm.company.list", of: &content)
        try play(
            document("docs/crm-requisite-list.ok")["result"], as: "crm.requisite.list",
            of: &content)
        try play(
            document("docs/crm-requisite-bank-detail-list.ok")["result"],
            as: "crm.requisite.bankdetail.list", of: &content)
        content.rows["crm.address.list"] = []

        let (records, certificate) = try await fixture.read(PortalDouble(content))

        let record = try #require(records.first)
        #expect(records.count == 1 && record.id.rawValue == "2919")
        #expect(fixture.value("name", of: record) == .text("Перекресток"))
        #expect(fixture.value("phone", of: record) == .texts(["+79998887766"]))
        #expect(fixture.value("owner", of: record) == .text("811"))
        // Requisites of companies that were not recorded are nobody's, and no record either.
        #expect(fixture.value("tax_id", of: record) == nil)
        #expect(certificate.isCertified && certificate.announcedCount == 1)
    }

    /// The recorded answers to single calls and to batches, whatever was asked.
    private static let answers = [
        "batch-list-empty", "batch-operation-time-limit", "call-batch", "call-several-success",
        "call-single-success", "crm-category-list", "crm-company-contact-items-get",
        "crm-contact-add-batch", "crm-dealcategory-stage-list-batch-of-one",
        "crm-get-batch-mix-success-and-errors", "crm-get-batch-of-two-error", "crm-item-list",
        "crm-item-productrow-list", "crm-lead-get-batch-error", "crm-stagehistory-list",
    ]

    @Test("all that were recorded are in the list of those that are played")
    func everyAnswer() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: "recorded").path)
        let names = files.filter { $0.hasSuffix(".json") }.map { $0.dropLast(5) }
        #expect(names.sorted() == Self.answers.map { $0[...] })
    }

    @Test(
        "a real answer to another question is refused or asked for again, never taken for rows",
        arguments: answers)
    func stray(answer: String) async throws {
        let fixture = try PortalFixture()
        var body = try document("recorded/\(answer)")
        if let response = body["response"] { body = response }
        let stray = Array(body.jsonText.utf8)
        // Three batches are read, of which the second is answered so: once, or for good.
        for isOnce in [true, false] {
            let content = PortalFixture.content(companies: 120)
            let batches = Atomic(0)
            let portal = PortalDouble(content) { _, method in
                guard method == "batch" else { return nil }
                let number = batches.add(1, ordering: .relaxed).newValue
                let isStray = isOnce ? number == 2 : number >= 2
                return isStray ? HTTPResponse(status: 200, body: stray) : nil
            }
            do {
                let (records, certificate) = try await fixture.read(portal)
                let expected = (1...120).map { String($0 * 3) }
                #expect(records.map(\.id.rawValue) == expected || !certificate.isCertified)
                #expect(isOnce, "nothing of the rest was answered")
            } catch let error as CollectionError {
                #expect(!error.message.isEmpty)
                #expect(error.message.contains("portal.example"), "\(error)")
            }
            #expect(batches.load(ordering: .relaxed) >= 2)
        }
    }
}
