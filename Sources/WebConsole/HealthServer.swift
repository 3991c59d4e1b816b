internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
public import Operations
internal import Synchronization

/// Answers whether the service lives (`/healthz`), whether it can work (`/readyz`: its database
/// answers), and how it stands (`/metrics`, in Prometheus' format).
public final class HealthServer: Sendable {
    private let status: @Sendable () async throws -> ServiceStatus
    private let task = Mutex<Task<Void, any Error>?>(nil)

    /// Makes a server; it does not listen yet.
    ///
    /// - Parameter status: Asks how the service stands.
    public init(status: @escaping @Sendable () async throws -> ServiceStatus) {
        self.status = status
    }

    /// Begins to listen.
    ///
    /// - Parameter address: Where; port zero stands for any free one.
    /// - Returns: The port.
    /// - Throws: ``ListenError`` when the address cannot be had.
    public func start(_ address: Configuration.ListenAddress) async throws -> Int {
        var logger = Logger(label: "sverka.web")
        logger.logLevel = .critical
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: router(),
            configuration: .init(address: .hostname(address.host, port: address.port)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) },
            logger: logger)
        let running = Task {
            defer { continuation.finish() }
            try await application.run()
        }
        task.withLock { $0 = running }
        for await port in ports { return port }
        guard case .failure(let error) = await running.result else { throw CancellationError() }
        throw ListenError(
            explanation: "cannot listen on \(address.host):\(address.port): \(error). Name another "
                + "address as 'serve: {listen: …}' in the configuration.")
    }

    /// Ends.
    public func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        running?.cancel()
        _ = await running?.result
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("healthz") { _, _ in "ok\n" }
        router.get("readyz") { [status] _, _ in
            do {
                _ = try await status()
                return Self.text("ready\n")
            } catch {
                // Why is in the log; here it may be anybody who asks.
                return Self.text("the database does not answer\n", .serviceUnavailable)
            }
        }
        router.get("metrics") { [status] _, _ in
            do {
                return Self.text(PrometheusText.page(try await status()))
            } catch {
                return Self.text("the database does not answer\n", .serviceUnavailable)
            }
        }
        return router
    }

    private static func text(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

/// Why the service cannot be reached.
public struct ListenError: Error, ExplainedFailure {
    /// What is wrong and what to do.
    public let explanation: String
    /// Wrong configuration.
    public var exitCode: Int32 { 2 }
}
