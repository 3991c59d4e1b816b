internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import Synchronization

/// What the web server knows of a connection: where it comes from.
struct ConnectionContext: InitializableFromSource {
    let caller: String

    init(source: ApplicationRequestContextSource) {
        caller = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}

/// A loopback web server in front of one of the two systems.
final class SandboxServer: Sendable {
    typealias Handler = @Sendable (SandboxRequest) -> SandboxReply

    private let task = Mutex<Task<Void, any Error>?>(nil)

    /// Starts to listen and gives the port; zero stands for any free one.
    ///
    /// - Throws: ``PortRefusal``; `CancellationError`.
    func start(port: Int, handler: @escaping Handler) async throws -> Int {
        let responder = CallbackResponder<ConnectionContext> { request, context in
            try await Self.respond(request, context, handler)
        }
        var logger = Logger(label: "sandbox")
        logger.logLevel = .critical
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: responder,
            configuration: .init(
                address: .hostname("127.0.0.1", port: port), serverName: nil, reuseAddress: true),
            onServerRunning: { channel in
                continuation.yield(channel.localAddress?.port ?? 0)
            },
            logger: logger)
        let running = Task {
            defer { continuation.finish() }
            try await application.run()
        }
        task.withLock { $0 = running }
        for await port in ports { return port }
        // The stream ended without a port: the server could not listen.
        do { try await running.value } catch is IOError { throw PortRefusal(port: port) }
        throw CancellationError()
    }

    /// Stops listening and closes the connections.
    func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        running?.cancel()
        _ = await running?.result
    }

    private static func respond(
        _ request: Request, _ context: ConnectionContext, _ handler: Handler
    ) async throws -> Response {
        var request = request
        let body = try await request.collectBody(upTo: 64 << 20)
        func header(_ name: HTTPField.Name) -> String { request.headers[name] ?? "" }
        let reply = handler(
            SandboxRequest(
                method: request.method.rawValue, path: request.uri.path,
                query: request.uri.query ?? "", contentType: header(.contentType),
                accept: header(.accept), authorization: header(.authorization),
                sessionWish: HTTPField.Name("IBSession").map(header) ?? "",
                cookies: header(.cookie),
                body: Array(buffer: body), caller: context.caller,
                origin: "http://\(request.head.authority ?? "127.0.0.1")"))
        if reply.delay > 0 { try await Task.sleep(for: .seconds(reply.delay)) }
        var headers = HTTPFields()
        headers[.contentType] = reply.contentType
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return Response(
            status: .init(code: reply.status), headers: headers,
            body: responseBody(reply, isHead: request.method == .head))
    }

    private struct ConnectionBroken: Error {}

    private static func responseBody(_ reply: SandboxReply, isHead: Bool) -> ResponseBody {
        if isHead { return ResponseBody() }
        guard let injury = reply.injury else {
            return ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        }
        if injury == .trickled {
            // Forty pauses at most, whatever the size.
            let size = max(1000, reply.body.count / 40)
            return ResponseBody(contentLength: reply.body.count) { writer in
                for start in stride(from: 0, to: reply.body.count, by: size) {
                    let piece = reply.body[start...].prefix(size)
                    try await writer.write(ByteBuffer(bytes: piece))
                    try await Task.sleep(for: .milliseconds(5))
                }
                try await writer.finish(nil)
            }
        }
        // Throwing from a body closes the connection, with less sent than was announced.
        let sent = injury == .dropped ? 0 : reply.body.count / 2
        let part = ByteBuffer(bytes: reply.body.prefix(sent))
        return ResponseBody(contentLength: reply.body.count) { writer in
            if sent > 0 { try await writer.write(part) }
            throw ConnectionBroken()
        }
    }
}
