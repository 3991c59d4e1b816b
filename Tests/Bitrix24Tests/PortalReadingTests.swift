import Bitrix24
import Collection
import Foundation
import Records
import Synchronization
import Testing

@Suite("Reading a portal")
struct PortalReadingTests {
    private let fixture: PortalFixture

    init() throws { fixture = try PortalFixture() }

    @Test("every company comes once with what belongs to it", arguments: [0, 1, 49, 50, 51, 2_551])
    func whole(companies: Int) async throws {
        let portal = PortalDouble(PortalFixture.content(companies: companies))
        let (records, certificate) = try await fixture.read(portal)
        let ids = (0..<companies).map { String(($0 + 1) * 3) }
        #expect(records.map(\.id.rawValue) == ids)
        for (number, record) in records.enumerated() {
            #expect(fixture.value("tax_id", of: record) == .text("77\(number + 1)0"))
            #expect(fixture.value("address", of: record) == .text("Town \(number + 1)"))
            let others: FieldValue? = (number + 1) % 5 == 0 ? .texts(["77\(number + 1)1"]) : nil
            #expect(fixture.value("other_tax_ids", of: record) == others)
        }
        #expect(certificate.isCertified)
        #expect(certificate.announcedCount == companies && certificate.deliveredCount == companies)
        #expect(certificate.announcedCountAfter == companies)
        #expect(certificate.lastID?.rawValue == (companies == 0 ? nil : String(companies * 3)))
    }

    @Test("a request brings up to fifty pages; one before and one behind asks everything else")
    func requests() async throws {
        var content = PortalFixture.content(companies: 2_500)
        content.rows["crm.requisite.list"] = []
        let portal = PortalDouble(content)
        let (_, certificate) = try await fixture.read(portal)
        let asked: [Set<String>] = portal.calls.map { call in
            Set(call.split(separator: " ").dropFirst().map(String.init))
        }
        let opening: Set = [
            "[profile]", "[scope]", "[crm.company.list]", "[crm.company.fields]",
            "[crm.requisite.list]", "[crm.requisite.bankdetail.list]",
        ]
        let closing: Set = ["[crm.company.list]", "[crm.requisite.list]", "[profile]"]
        // One look each at requisites and bank details, which were counted and are none: some may have
        // come since.
        let requisites: Set = ["[crm.requisite.list]"]
        let banks: Set = ["[crm.requisite.bankdetail.list]"]
        let pages: Set = ["[crm.company.list]"]
        #expect(asked == [opening, requisites, banks, pages, pages, closing])
        #expect(certificate.requests == portal.calls.count)
        #expect(certificate.pages == 53)
        #expect(certificate.isCertified)
    }

    /// A portal that is another one from the second request on.
    private final class Changing: HTTPTransport {
        private let before: PortalDouble
        private let after: PortalDouble
        private let hasBegun = Mutex(false)

        init(from before: PortalDouble, to after: PortalDouble) {
            (self.before, self.after) = (before, after)
        }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let isFirst = hasBegun.withLock { hasBegun in
                defer { hasBegun = true }
                return !hasBegun
            }
            return try await (isFirst ? before : after).send(request)
        }
    }

    @Test("what belongs to companies is read though there was none when everything was counted")
    func cameLater() async throws {
        let after = PortalFixture.content(companies: 3)
        var before = after
        before.rows["crm.requisite.list"] = []
        let portal = Changing(from: PortalDouble(before), to: PortalDouble(after))
        let (records, certificate) = try await fixture.read(portal)
        #expect(
            records.map { fixture.value("tax_id", of: $0) } == [
                .text("7710"), .text("7720"), .text("7730"),
            ])
        #expect(certificate.isCertified)
    }

    @Test("what is not answered with everything else is asked for by itself")
    func unanswered() async throws {
        var content = PortalFixture.content(companies: 60)
        let usual = PortalDouble(content)
        _ = try await fixture.read(usual)
        content.silentMethod = "profile"
        let portal = PortalDouble(content)
        let (records, certificate) = try await fixture.read(portal)
        #expect(records.count == 60 && certificate.isCertified)
        #expect(portal.calls.count { $0 == "profile" } == 2)
        #expect(portal.calls.count == usual.calls.count + 2)
    }

    @Test("a portal that does not fill in references is read a page at a time")
    func withoutReferences() async throws {
        var content = PortalFixture.content(companies: 310)
        content.knowsReferences = false
        let (records, certificate) = try await fixture.read(PortalDouble(content))
        #expect(records.count == 310 && certificate.isCertified)
    }

    @Test("an address list cut at fifty rows is asked again in parts")
    func cutAddresses() async throws {
        var content = PortalFixture.content(companies: 400)
        content.addressLimit = 50
        let (records, _) = try await fixture.read(PortalDouble(content))
        #expect(records.allSatisfy { fixture.value("address", of: $0) != nil })
    }

    @Test("a page that repeats ends the reading instead of going on for ever")
    func repeats() async throws {
        var content = PortalFixture.content(companies: 200)
        content.ignoresFilters = true
        let portal = PortalDouble(content)
        await #expect {
            _ = try await fixture.read(portal)
        } throws: { error in
            (error as? CollectionError)?.kind == .malformed
        }
        #expect(portal.calls.count < 20)
    }

    @Test("a batch that leaves a command unanswered is never taken")
    func silence() async throws {
        var content = PortalFixture.content(companies: 200)
        content.silentMethod = "crm.requisite.list"
        await #expect {
            _ = try await fixture.read(PortalDouble(content))
        } throws: { error in
            let message = (error as? CollectionError)?.message ?? ""
            return message.contains("left command 1 of 5 (crm.requisite.list) unanswered")
                && message.contains("Tried 4 times")
        }
    }

    @Test("a company without an id is left out, counted and a doubt")
    func withoutID() async throws {
        var content = PortalFixture.content(companies: 3)
        content.raw["crm.company.list"] = ["6": #"{"TITLE":"No id","ID":null}"#]
        let (records, certificate) = try await fixture.read(PortalDouble(content))
        #expect(records.map(\.id.rawValue) == ["3", "9"])
        #expect(certificate.skippedCount == 1)
        #expect(certificate.doubts.contains(.recordsSkipped(count: 1)))
    }

    @Test("the portal's own companies are left out and counted, which is no doubt")
    func ownCompanies() async throws {
        var content = PortalFixture.content(companies: 3)
        content.rows["crm.company.list"]?[1]["IS_MY_COMPANY"] = "Y"
        let (records, certificate) = try await fixture.read(PortalDouble(content))
        #expect(records.count == 2 && certificate.isCertified)
        #expect(certificate.noteCounts["skipped_own_company"] == 1)
    }

    @Test("a webhook of somebody else than an administrator is a doubt")
    func rights() async throws {
        var content = PortalFixture.content(companies: 1)
        content.isAdministrator = false
        let (_, certificate) = try await fixture.read(PortalDouble(content))
        guard case .rightsLost = certificate.doubts.first else {
            Issue.record("no doubt about rights")
            return
        }
    }

    @Test("fewer companies than the portal counts are a doubt")
    func fewer() async throws {
        var content = PortalFixture.content(companies: 40)
        content.totals["crm.company.list"] = 45
        let (_, certificate) = try await fixture.read(PortalDouble(content))
        #expect(certificate.doubts == [.countDiffers(announced: 45, delivered: 40)])
    }

    @Test("NUL and broken bytes in a name are mended and noted")
    func mended() async throws {
        var content = PortalFixture.content(companies: 1)
        content.raw["crm.company.list"] = ["3": #"{"ID":"3","TITLE":"ООО\u0000 \uD800Р"}"#]
        let (records, certificate) = try await fixture.read(PortalDouble(content))
        let record = try #require(records.first)
        #expect(fixture.value("name", of: record) == .text("ООО \u{FFFD}Р"))
        #expect(Set(record.readingNotes.map(\.kind)) == [.nulRemoved, .brokenEncoding])
        #expect(certificate.noteCounts == ["nul_removed": 1, "broken_encoding": 1])
        // What is stored is JSON that any database takes.
        #expect(throws: Never.self) {
            try JSONSerialization.jsonObject(with: Data(record.payload.utf8))
        }
    }

    @Test("a batch too large for the portal's time is asked for in smaller ones")
    func shrinks() async throws {
        let sizes = Mutex<[Int]>([])
        let content = PortalFixture.content(companies: 1_500)
        let portal = TimingPortal(PortalDouble(content), most: 25) { size in
            sizes.withLock { $0.append(size) }
        }
        let (records, certificate) = try await fixture.read(portal)
        #expect(records.count == 1_500 && certificate.isCertified)
        // The first asks for counts, and not for pages.
        let asked = sizes.withLock { $0 }.dropFirst()
        #expect(asked.first == 37 && asked.dropFirst(2).allSatisfy { $0 <= 25 })
    }
}

/// A portal that cannot finish batches of more commands than so many.
private struct TimingPortal: HTTPTransport {
    let portal: PortalDouble
    let most: Int
    let noted: @Sendable (Int) -> Void

    init(_ portal: PortalDouble, most: Int, noted: @escaping @Sendable (Int) -> Void) {
        self.portal = portal
        self.most = most
        self.noted = noted
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let size = try JSONDocument(parsing: request.body ?? []).root["cmd"]?.count ?? 0
        if size > 0 { noted(size) }
        guard size <= most else {
            return HTTPResponse(status: 504, body: Array("<html>Gateway Time-out</html>".utf8))
        }
        return try await portal.send(request)
    }
}
