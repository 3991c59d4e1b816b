import Collection
import FileSource
import Foundation
import Records
import RemoteFiles
import TestSupport
import Testing

@Suite("Remote folders as sources")
struct RemoteFolderSourceTests {
    private let fixture: ExportFixture
    private let state: TemporaryFolder

    init() throws {
        fixture = try ExportFixture()
        state = try TemporaryFolder()
    }

    private func source(_ server: TestFileServer) throws -> RemoteFolderSource<XMLFolderSource> {
        let remote = try RemoteFolder(
            RemoteAddress("http://127.0.0.1:\(server.port)/"),
            settings: RemoteSettings(completeness: .asFound, attempts: 1))
        let intake = IntakeSettings(
            completeness: .asFound, ledger: state.url.appending(path: "taken.json"),
            takenFolder: state.url.appending(path: "taken"))
        return RemoteFolderSource(
            remote, into: fixture.folder.url,
            local: try fixture.source("commerceml", settings: .init(intake: intake)))
    }

    @Test(
        "a catalogue is fetched, read and put away once; a new one the next night",
        .enabled(if: TestFileServer.isPossible("http"), "needs Python"))
    func nights() async throws {
        let server = try TestFileServer("http")
        let text = CommerceMLTests.document(CommerceMLTests.catalogue())
        try server.put(Array(text.utf8), "import0_1.xml")
        let source = try source(server)
        let product = try ExportFixture.entity("product")
        #expect(await source.check(product).map(\.isPassed) == [true])

        let first = try await source.collect(product, progress: { _, _ in }) { _ in }
        #expect(first.isCertified && first.deliveredCount == 2)
        try source.settle(product.name)
        let error = await #expect(throws: CollectionError.self) {
            try await source.collect(product, progress: { _, _ in }) { _ in }
        }
        #expect(error?.kind == .unreachable)

        try server.put(Array(text.utf8), "import0_1.xml", modified: 1_767_300_000)
        let next = try await source.collect(product, progress: { _, _ in }) { _ in }
        #expect(next.isCertified && next.deliveredCount == 2)
    }

    @Test(
        "what cannot be fetched is not read, with the reason of the server",
        .enabled(if: TestFileServer.isPossible("http"), "needs Python"))
    func refused() async throws {
        let server = try TestFileServer("http")
        let remote = try RemoteFolder(
            RemoteAddress("http://127.0.0.1:\(server.port)/"),
            credentials: RemoteCredentials(user: "nobody", password: "secret"))
        let source = RemoteFolderSource(
            remote, into: fixture.folder.url, local: try fixture.source("commerceml"))
        let product = try ExportFixture.entity("product")
        let error = await #expect(throws: CollectionError.self) {
            try await source.collect(product, progress: { _, _ in }) { _ in }
        }
        #expect(error?.kind == .refused)
        #expect(error?.message.contains("secret") == false)
        #expect(await source.check(product).map(\.isPassed) == [false])
    }
}
