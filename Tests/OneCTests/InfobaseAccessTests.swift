import Collection
import Foundation
@testable import OneC
import Records
import Synchronization
import TestSupport
import Testing

@Suite("What readers of one infobase share")
struct InfobaseAccessTests {
    private let fixture: InfobaseFixture
    private let folder: TemporaryFolder

    init() throws {
        fixture = try InfobaseFixture()
        folder = try TemporaryFolder()
    }

    /// Takes its time, and counts how many ask at once.
    private final class Crowd: HTTPTransport {
        private let inner: InfobaseDouble
        private let counts = Mutex((now: 0, most: 0))

        init(_ inner: InfobaseDouble) { self.inner = inner }

        var most: Int { counts.withLock { $0.most } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            defer { counts.withLock { $0.now -= 1 } }
            for _ in 0..<200 { await Task.yield() }
            return try await inner.send(request)
        }
    }

    private func refusing() -> InfobaseDouble {
        InfobaseDouble([]) { _, _ in HTTPResponse(status: 401, body: []) }
    }

    /// What a reading ends with; `nil` when it comes to its end.
    private func failure(of source: OneCSource) async -> String? {
        do {
            _ = try await source.collect(fixture.entity, progress: { _, _ in }) { _ in }
            return nil
        } catch {
            return (error as? CollectionError)?.message ?? "\(error)"
        }
    }

    @Test("requests of several readers come one after another, whoever they are")
    func oneAtATime() async throws {
        let crowd = Crowd(InfobaseDouble((0..<20).map { InfobaseDouble.entity($0) }))
        let access = InfobaseAccess(to: try InfobaseFixture.address())
        let other = InfobaseAccess(
            to: try InfobaseFixture.address(password: "other"), beside: access)
        async let first = failure(of: fixture.source(crowd, access: access))
        async let second = failure(of: fixture.source(crowd, password: "other", access: other))
        async let third = failure(of: fixture.source(crowd, access: access))
        let failures = try await [first, second, third]
        #expect(failures == [nil, nil, nil])
        #expect(crowd.most == 1)
    }

    @Test("whoever is cancelled while waiting leaves the line, and the next one is let in")
    func cancelled() async throws {
        let gate = RequestGate()
        let (release, hold) = AsyncStream<Void>.makeStream()
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let holder = Task {
            try await gate.pass {
                enter.finish()
                for await _ in release {}
            }
        }
        for await _ in entered {}
        let waiting = Task { try await gate.pass {} }
        while gate.waitingCount == 0 { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        let next = Task { try await gate.pass { true } }
        hold.finish()
        try await holder.value
        #expect(try await next.value)
    }

    @Test("refused credentials are not sent again, by whatever process, until others are given")
    func refusedOnce() async throws {
        let infobase = refusing()
        func reader(_ password: String = "секрет") throws -> OneCSource {
            try fixture.source(
                infobase, password: password,
                access: InfobaseAccess(
                    to: InfobaseFixture.address(password: password), refusalsIn: folder.url))
        }
        let first = try await failure(of: reader()) ?? ""
        let later = try await failure(of: reader()) ?? ""
        #expect(infobase.sent.count == 1)
        #expect(first.contains("User or password is wrong") && !first.contains("sverka check"))
        #expect(later.contains("User or password is wrong") && later.contains("'sverka check'"))
        #expect(try await failure(of: reader("other")) != nil)
        #expect(infobase.sent.count == 2)
    }

    /// Answers the first request when so many wait behind it.
    private struct Queue: HTTPTransport {
        let inner: InfobaseDouble
        let access: InfobaseAccess
        let length: Int

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            while inner.sent.isEmpty, access.waitingCount < length { await Task.yield() }
            return try await inner.send(request)
        }
    }

    @Test("refused credentials are not sent by those either who were waiting in line")
    func refusedInLine() async throws {
        let infobase = refusing()
        let access = InfobaseAccess(to: try InfobaseFixture.address(), refusalsIn: folder.url)
        let queue = Queue(inner: infobase, access: access, length: 2)
        async let first = failure(of: fixture.source(queue, access: access))
        async let second = failure(of: fixture.source(queue, access: access))
        async let third = failure(of: fixture.source(queue, access: access))
        let failures = try await [first, second, third]
        #expect(failures.allSatisfy { $0?.contains("User or password is wrong") == true })
        #expect(infobase.sent.count == 1)
    }

    @Test("the file names no credentials, and is nobody else's to read")
    func file() async throws {
        let refused = folder.url.appending(path: "refused")
        let access = InfobaseAccess(to: try InfobaseFixture.address(), refusalsIn: refused)
        _ = await failure(of: try fixture.source(refusing(), access: access))
        let names = try FileManager.default.contentsOfDirectory(atPath: refused.path)
        let place = refused.appending(path: try #require(names.first))
        let text = try String(contentsOf: place, encoding: .utf8)
        let credentials = Data("Администратор:секрет".utf8).base64EncodedString()
        #expect(!text.contains("секрет") && !text.contains(credentials))
        #expect(!text.contains("Администратор"))
        func mode(_ place: URL) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: place.path)[.posixPermissions] as? Int
        }
        #expect(names.count == 1)
        #expect(try mode(place) == 0o600)
        #expect(try mode(refused) == 0o700)
    }

    @Test("a data folder that is not there yet is made so that the private database can enter it")
    func newDataFolder() async throws {
        let data = folder.url.appending(path: "new/data")
        let access = InfobaseAccess(
            to: try InfobaseFixture.address(), refusalsIn: data.appending(path: "refused"),
            locksIn: data.appending(path: "reading"))
        _ = await failure(of: try fixture.source(refusing(), access: access))
        let mode = geteuid() == 0 ? 0o711 : 0o700
        for (place, expected) in [("", mode), ("refused", 0o700), ("reading", 0o700)] {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: data.appending(path: place).path)
            #expect(attributes[.posixPermissions] as? Int == expected, "\(place)")
        }
    }

    @Test("a new try that somebody asks for is one for the readers that wait, too")
    func forgotten() async throws {
        let address = try InfobaseFixture.address()
        let infobase = refusing()
        let service = InfobaseAccess(to: address, refusalsIn: folder.url)
        let source = try fixture.source(infobase, access: service)
        _ = await failure(of: source)
        _ = await failure(of: source)
        #expect(infobase.sent.count == 1)
        InfobaseAccess(to: address, refusalsIn: folder.url).forgetRefusal()
        _ = await failure(of: source)
        #expect(infobase.sent.count == 2)
    }

    @Test("a folder that cannot be written to leaves it to the memory")
    func noFolder() async throws {
        let file = try folder.write("", to: "file")
        let infobase = refusing()
        let access = InfobaseAccess(
            to: try InfobaseFixture.address(), refusalsIn: file.appending(path: "below"))
        let source = try fixture.source(infobase, access: access)
        _ = await failure(of: source)
        _ = await failure(of: source)
        #expect(infobase.sent.count == 1)
    }
}
