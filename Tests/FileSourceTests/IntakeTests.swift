import Collection
import Definitions
import FileSource
import Foundation
import Records
import Synchronization
import TestSupport
import Testing

@Suite("Taking files in")
struct IntakeTests {
    private let fixture: ExportFixture
    private let state: TemporaryFolder

    init() throws {
        fixture = try ExportFixture()
        state = try TemporaryFolder()
    }

    private static func catalogue(_ names: String...) -> String {
        let goods = names.map { "<Товар><Ид>\($0)</Ид><Наименование>\($0)</Наименование></Товар>" }
        return CommerceMLTests.document(
            "<Каталог СодержитТолькоИзменения=\"false\"><Товары>\(goods.joined())</Товары></Каталог>"
        )
    }

    /// Settings with a ledger of their own.
    private func settings(
        _ completeness: IntakeSettings.Completeness = .asFound, moves: Bool = false,
        entities: [String] = []
    ) -> XMLFolderSource.Settings {
        .init(
            intake: IntakeSettings(
                completeness: completeness, ledger: state.url.appending(path: "taken.json"),
                takenFolder: moves ? state.url.appending(path: "taken") : nil,
                entities: entities.map(EntityName.init)))
    }

    /// Collects and settles, as a run does; the ids that came.
    private func night(
        _ entity: String = "product", _ settings: XMLFolderSource.Settings
    ) async throws -> (ids: [String], certificate: Certificate) {
        let source = try fixture.source("commerceml", settings: settings)
        var ids: [String] = []
        let certificate = try await source.collect(
            ExportFixture.entity(entity), progress: { _, _ in }
        ) { ids += $0.map(\.id.rawValue) }
        try source.settle(EntityName(entity))
        return (ids, certificate)
    }

    @Test("a file is not taken twice, also by another process the next night")
    func once() async throws {
        try fixture.write(Self.catalogue("a"), to: "import.xml", modified: 0)
        #expect(try await night("product", settings()).ids == ["a"])
        let error = await #expect(throws: CollectionError.self) {
            try await night("product", settings())
        }
        #expect(error?.kind == .unreachable)
        #expect(error?.message.contains("no new files; the 1 that are there were taken") == true)

        try fixture.write(Self.catalogue("a", "b"), to: "import.xml", modified: 86_400)
        let next = try await night("product", settings())
        #expect(next.ids == ["a", "b"])
        #expect(next.certificate.isCertified)
    }

    @Test("what was read but not stored is read again")
    func unsettled() async throws {
        try fixture.write(Self.catalogue("a"), to: "import.xml")
        #expect(try await fixture.read("product", settings: settings()).rows.count == 1)
        #expect(try await night("product", settings()).ids == ["a"])
    }

    @Test("each entity takes a file for itself; it is moved when all of them have it")
    func severalEntities() async throws {
        let offers = CommerceMLTests.offers(
            "<Предложение><Ид>a</Ид><Количество>1</Количество></Предложение>")
        try fixture.write(
            Self.catalogue("a").replacing("</КоммерческаяИнформация>", with: offers)
                + "</КоммерческаяИнформация>",
            to: "import.xml")
        let moving = settings(moves: true, entities: ["product", "stock"])
        #expect(try await night("product", moving).ids == ["a"])
        let place = fixture.folder.url.appending(path: "import.xml").path
        #expect(FileManager.default.fileExists(atPath: place))
        #expect(try await night("stock", moving).ids == ["a#all"])
        #expect(!FileManager.default.fileExists(atPath: place))
        let moved = state.url.appending(path: "taken/import.xml").path
        #expect(FileManager.default.fileExists(atPath: moved))
    }

    @Test("a file that is moved does not overwrite one of the same name")
    func movedTwice() async throws {
        for day in 0..<3 {
            try fixture.write(
                Self.catalogue("day\(day)"), to: "import.xml", modified: Double(day) * 86_400)
            #expect(try await night("product", settings(moves: true)).ids == ["day\(day)"])
        }
        let names = try FileManager.default.contentsOfDirectory(
            atPath: state.url.appending(path: "taken").path)
        #expect(names.sorted() == ["import-2.xml", "import-3.xml", "import.xml"])
    }

    @Test("of whole exports with dates in their names the newest counts and is certified")
    func dated() async throws {
        try fixture.write(Self.catalogue("a", "gone"), to: "import_20260130.xml", modified: 0)
        try fixture.write(Self.catalogue("a"), to: "import_20260131.xml", modified: 86_400)
        let (ids, certificate) = try await night("product", settings())
        #expect(ids == ["a"])
        #expect(certificate.isCertified)
        #expect(certificate.noteCounts["superseded_file"] == 1)
    }

    @Test("a part left over from an earlier export makes the whole doubtful")
    func leftOver() async throws {
        try fixture.write(Self.catalogue("old"), to: "import0_2.xml", modified: 0)
        try fixture.write(Self.catalogue("new"), to: "import0_1.xml", modified: 86_400)
        let (ids, certificate) = try await night("product", settings())
        #expect(ids == ["new", "old"])
        #expect(
            certificate.doubts == [
                .partial(detail: "import0_2.xml seems to be left over from an earlier export")
            ])
    }

    @Test("two whole exports of one evening make the whole doubtful: what is gone is in the older")
    func twiceAnEvening() async throws {
        try fixture.write(Self.catalogue("a", "b", "gone"), to: "import_1800.xml", modified: 0)
        try fixture.write(Self.catalogue("a", "b"), to: "import_1900.xml", modified: 3_600)
        let certificate = try await night("product", settings()).certificate
        #expect(!certificate.isCertified)
    }

    @Test("a part of the last export that does not come again makes the whole doubtful")
    func missingPart() async throws {
        try fixture.write(Self.catalogue("a"), to: "import0_1.xml", modified: 0)
        try fixture.write(Self.catalogue("b"), to: "import0_2.xml", modified: 1)
        #expect(try await night("product", settings()).certificate.isCertified)
        try fixture.write(Self.catalogue("a"), to: "import0_1.xml", modified: 86_400)
        let (ids, certificate) = try await night("product", settings())
        #expect(ids == ["a"])
        #expect(
            certificate.doubts == [
                .partial(
                    detail: "'import0_2.xml', a part of the export before, was not exported")
            ])
    }

    @Test("nothing is read before the marker is there")
    func marker() async throws {
        try fixture.write(Self.catalogue("a"), to: "import.xml")
        let waiting = settings(.marker("ready.flag"))
        let error = await #expect(throws: CollectionError.self) {
            try await night("product", waiting)
        }
        #expect(error?.message.contains("the file 'ready.flag'") == true)
        try fixture.write("", to: "ready.flag")
        #expect(try await night("product", waiting).ids == ["a"])
    }

    @Test("a file that still grows is waited for; one that never stops growing is refused")
    func growing() async throws {
        try fixture.write("<", to: "import.xml")
        let settings = settings(.stable(pause: .seconds(3), deadline: .seconds(60)))
        let looks = Mutex(0)
        func source(growsFor count: Int) throws -> XMLFolderSource {
            let clock = WatchedClock { [fixture] in
                let look = looks.withLock {
                    $0 += 1; return $0
                }
                guard look <= count else { return }
                let text = look == count ? Self.catalogue("a") : String(repeating: "<", count: look)
                try? fixture.write(text, to: "import.xml", modified: Double(look))
            }
            return XMLFolderSource(
                name: SourceName("x"), folder: fixture.folder.url,
                mapping: try ExportFixture.mapping("commerceml"), settings: settings,
                clock: MonotonicClock(clock))
        }
        let product = try ExportFixture.entity("product")
        let certificate = try await source(growsFor: 4).collect(
            product, progress: { _, _ in }
        ) { _ in }
        #expect(certificate.deliveredCount == 1)
        #expect(looks.withLock { $0 } == 5)

        looks.withLock { $0 = 0 }
        let error = await #expect(throws: CollectionError.self) {
            try await source(growsFor: .max).collect(product, progress: { _, _ in }) { _ in }
        }
        #expect(error?.message.contains("files are still being written") == true)
    }

    @Test(
        "a file that changes or vanishes while it is read gives no snapshot",
        arguments: [false, true])
    func changing(vanishes: Bool) async throws {
        let names = (0..<8_000).map {
            "<Товар><Ид>\($0)</Ид><Наименование>x</Наименование></Товар>"
        }
        try fixture.write(
            CommerceMLTests.document(
                "<Каталог><Товары>\(names.joined())</Товары></Каталог>"), to: "import.xml")
        let place = fixture.folder.url.appending(path: "import.xml")
        let source = try fixture.source("commerceml")
        let error = await #expect(throws: CollectionError.self) {
            try await source.collect(ExportFixture.entity("product"), progress: { _, _ in }) { _ in
                if vanishes {
                    try? FileManager.default.removeItem(at: place)
                } else {
                    try fixture.write("<a/>", to: "import.xml", modified: 5)
                }
            }
        }
        #expect(error?.kind == .unreachable)
        #expect(
            error?.message.contains(vanishes ? "was taken away" : "changed while it was read")
                == true)
    }

    @Test("a ledger that cannot be read is an error that says what to do, and files stay")
    func brokenLedger() async throws {
        try fixture.write(Self.catalogue("a"), to: "import.xml")
        _ = try state.write("{", to: "taken.json")
        let error = await #expect(throws: CollectionError.self) {
            try await night("product", settings(moves: true))
        }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("taken.json") == true)
    }

    // MARK: CSV and JSON Lines

    private func collect(
        _ entity: String, intake: IntakeSettings
    ) async throws -> [String] {
        let source = FolderSource(
            name: SourceName("csv"), folder: fixture.folder.url, intake: intake)
        var ids: [String] = []
        _ = try await source.collect(ExportFixture.entity(entity), progress: { _, _ in }) {
            ids += $0.map(\.id.rawValue)
        }
        try source.settle(EntityName(entity))
        return ids
    }

    @Test("a CSV file is taken once, and moved, without waiting for other entities")
    func delimited() async throws {
        let intake = settings(moves: true, entities: ["product", "counterparty"]).intake
        try fixture.write("ID,name\n1,a\n", to: "product.csv", modified: 0)
        #expect(try await collect("product", intake: intake) == ["1"])
        #expect(
            FileManager.default.fileExists(
                atPath: state.url.appending(path: "taken/product.csv").path))
        try fixture.write("ID,name\n1,a\n2,b\n", to: "product.csv", modified: 9)
        #expect(try await collect("product", intake: intake) == ["1", "2"])
    }

    @Test("the files of a folder are watched once for all entities, and again when one is new")
    func watchedOnce() async throws {
        try fixture.write("ID,Наименование\n1,a\n", to: "product.csv")
        try fixture.write("ID,Наименование\n1,a\n", to: "counterparty.csv")
        let clock = ManualClock()
        let source = FolderSource(
            name: SourceName("csv"), folder: fixture.folder.url, intake: IntakeSettings(),
            clock: MonotonicClock(clock))
        func read(_ entity: String) async throws {
            _ = try await source.collect(ExportFixture.entity(entity), progress: { _, _ in }) { _ in
            }
        }
        try await read("product")
        try await read("counterparty")
        #expect(clock.slept == [.seconds(3)])
        // What was moved away is no sign of an export; what was written is.
        let place = fixture.folder.url.appending(path: "product.csv")
        try FileManager.default.removeItem(at: place)
        try await read("counterparty")
        #expect(clock.slept.count == 1)
        try fixture.write("ID,Наименование\n1,a\n2,b\n", to: "product.csv", modified: 9)
        try await read("product")
        #expect(clock.slept.count == 2)
    }

    @Test("a journal, which always grows, keeps no other entity waiting")
    func growingJournal() async throws {
        try fixture.write("ID,name\n1,a\n", to: "product.csv")
        try fixture.write("{}\n", to: "operation.jsonl")
        let looks = Mutex(0)
        let clock = WatchedClock { [fixture] in
            let look = looks.withLock {
                $0 += 1; return $0
            }
            let lines = String(repeating: "{}\n", count: look + 1)
            try? fixture.write(lines, to: "operation.jsonl", modified: Double(look))
        }
        let source = FolderSource(
            name: SourceName("csv"), folder: fixture.folder.url,
            intake: IntakeSettings(
                completeness: .stable(pause: .seconds(3), deadline: .seconds(60))),
            clock: MonotonicClock(clock))
        let certificate = try await source.collect(
            ExportFixture.entity("product"), progress: { _, _ in }
        ) { _ in }
        #expect(certificate.deliveredCount == 1)
        #expect(looks.withLock { $0 } == 1)
    }

    @Test("of CSV files with dates the newest counts by its name; one without a date is preferred")
    func datedDelimited() async throws {
        try fixture.write("ID,name\n9,a\n", to: "product_2026-01-09.csv", modified: 90)
        try fixture.write("ID,name\n10,a\n", to: "product_2026-01-10.csv", modified: 10)
        try fixture.write("ID,name\n0,a\n", to: "product_other.csv")
        let intake = IntakeSettings(completeness: .asFound)
        #expect(try await collect("product", intake: intake) == ["10"])
        try fixture.write("ID,name\n1,a\n", to: "product.csv", modified: 0)
        #expect(try await collect("product", intake: intake) == ["1"])
    }

    @Test("a CSV file that changes while it is read gives no snapshot")
    func changingDelimited() async throws {
        let rows = (0..<40_000).map { "\($0),name\n" }.joined()
        try fixture.write("ID,name\n" + rows, to: "product.csv")
        let source = FolderSource(name: SourceName("csv"), folder: fixture.folder.url)
        let error = await #expect(throws: CollectionError.self) {
            try await source.collect(ExportFixture.entity("product"), progress: { _, _ in }) { _ in
                try fixture.write("ID,name\n", to: "product.csv", modified: 5)
            }
        }
        #expect(error?.message.contains("changed while it was read") == true)
    }
}

/// A clock that tells of each sleep and lasts no time.
private final class WatchedClock: Clock, Sendable {
    private let clock = ManualClock()
    private let slept: @Sendable () -> Void

    init(_ slept: @escaping @Sendable () -> Void) { self.slept = slept }

    var now: ManualClock.Instant { clock.now }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: ManualClock.Instant, tolerance: Duration?) async throws {
        try await clock.sleep(until: deadline, tolerance: tolerance)
        slept()
    }
}
