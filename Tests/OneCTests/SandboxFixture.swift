import Collection
import Definitions
import Foundation
import OneC
import Records
@testable import Sandbox
import Synchronization
import TestSupport

/// An infobase of the sandbox on loopback, and the house's mappings for it.
struct SandboxFixture {
    let sandbox: Sandbox
    let addresses: SandboxAddresses
    let transport = AsyncHTTPTransport()
    let clock = ManualClock()

    /// The usual world, made once for all tests.
    private static let world = World(WorldOptions(size: 60, seed: 5))

    /// Begins to play a configuration.
    init(
        _ configuration: InfobaseConfiguration, size: Int = 60,
        _ change: (inout InfobaseOptions) -> Void = { _ in }
    ) async throws {
        var options = SandboxOptions(world: WorldOptions(size: size, seed: 5))
        options.infobase.configuration = configuration
        change(&options.infobase)
        sandbox = Sandbox(options, world: size == 60 ? Self.world : World(options.world))
        addresses = try await sandbox.start()
    }

    /// Runs a body and stops the sandbox whatever comes of it.
    static func run(
        _ configuration: InfobaseConfiguration, size: Int = 60,
        _ change: (inout InfobaseOptions) -> Void = { _ in },
        body: (SandboxFixture) async throws -> Void
    ) async throws {
        let fixture = try await SandboxFixture(configuration, size: size, change)
        do {
            try await body(fixture)
        } catch {
            await fixture.sandbox.stop()
            throw error
        }
        await fixture.sandbox.stop()
    }

    static let templates = ProjectFolders.root.appending(path: "templates")

    static func entities() throws -> [EntityDefinition] {
        let names = [
            "counterparty", "contact", "product", "price", "stock", "order", "invoice", "payment",
            "operation", "user",
        ]
        return try names.map {
            try EntityFile.read(templates.appending(path: "entities/\($0).yaml"))
        }
    }

    static func mapping(_ name: String) throws -> MappingDefinition {
        try MappingFile.read(
            templates.appending(path: "mappings/\(name).yaml"), entities: entities())
    }

    static func mappingName(_ configuration: InfobaseConfiguration) -> String {
        "onec-\(configuration.rawValue)"
    }

    func source(
        _ mapping: String, settings: OneCSource.Settings = OneCSource.Settings(),
        password: String? = nil, through other: (any HTTPTransport)? = nil
    ) throws -> OneCSource {
        OneCSource(
            name: SourceName("infobase"),
            address: try InfobaseAddress(
                addresses.infobase, user: addresses.login,
                password: password ?? addresses.password),
            mapping: try Self.mapping(mapping), settings: settings,
            transport: other ?? transport,
            policy: RetryPolicy(attempts: 5), clock: MonotonicClock(clock))
    }

    /// Everything of one entity, by id, with the values of its fields by name.
    func read(
        _ entity: String, _ source: OneCSource
    ) async throws -> (records: [String: [String: FieldValue]], certificate: Certificate) {
        let definition = try EntityFile.read(
            Self.templates.appending(path: "entities/\(entity).yaml"))
        let records = Mutex<[String: [String: FieldValue]]>([:])
        let certificate = try await source.collect(definition, progress: { _, _ in }) { page in
            records.withLock { records in
                for record in page {
                    var values: [String: FieldValue] = [:]
                    for (index, field) in definition.fields.enumerated() {
                        values[field.name.rawValue] = record[index]
                    }
                    records[record.id.rawValue] = values
                }
            }
        }
        return (records.withLock { $0 }, certificate)
    }
}

/// Notes what is asked, and answers itself where it likes.
final class ListeningTransport: HTTPTransport {
    private let inner: any HTTPTransport
    private let answer: @Sendable (_ url: String) -> HTTPResponse?
    private let log = Mutex<[String]>([])

    init(
        _ inner: any HTTPTransport,
        answer: @escaping @Sendable (_ url: String) -> HTTPResponse? = { _ in nil }
    ) {
        self.inner = inner
        self.answer = answer
    }

    /// The addresses so far, decoded.
    var urls: [String] { log.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let url = request.url.removingPercentEncoding ?? request.url
        log.withLock { $0.append(url) }
        if let answer = answer(url) { return answer }
        return try await inner.send(request)
    }
}
