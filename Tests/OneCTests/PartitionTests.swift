import Foundation
@testable import OneC
import Records
@testable import Sandbox
import Testing

@Suite("Documents by days")
struct PartitionTests {
    @Test("the first part has no beginning and the last no end")
    func conditions() throws {
        let day = try #require(CalendarDate("2026-03-01"))
        let next = try #require(CalendarDate("2026-04-01"))
        #expect(DatePartition.whole(3).condition(on: "Date") == nil)
        #expect(
            DatePartition(to: day).condition(on: "Date") == "Date lt datetime'2026-03-01T00:00:00'")
        #expect(
            DatePartition(from: day, to: next).condition(on: "Date")
                == "Date ge datetime'2026-03-01T00:00:00' and Date lt datetime'2026-04-01T00:00:00'"
        )
        #expect(
            DatePartition(from: next).condition(on: "Date")
                == "Date ge datetime'2026-04-01T00:00:00'")
    }

    @Test("parts of any size give the same orders, and their counts add up", arguments: [1, 7, 30])
    func whole(rows: Int) async throws {
        try await SandboxFixture.run(.ut11) { fixture in
            let listening = ListeningTransport(fixture.transport)
            var settings = OneCSource.Settings()
            settings.partRows = rows
            let (records, certificate) = try await fixture.read(
                "order", fixture.source("onec-ut11", settings: settings, through: listening))
            let orders = fixture.sandbox.world.infobase.orders
            #expect(Set(records.keys) == Set(orders.map(\.key.text)))
            #expect(certificate.isCertified && certificate.listedCount == orders.count)
            #expect(certificate.announcedCount == orders.count)
            let pages = listening.urls.filter {
                $0.contains("Document_ЗаказКлиента?") && $0.contains("$filter=Date")
            }
            #expect(pages.count >= orders.count / max(rows, 1) / 2)
            // No part is asked for that 1C said to be empty.
            #expect(pages.count <= 2 * certificate.pages)
        }
    }
}
