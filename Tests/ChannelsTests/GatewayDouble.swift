import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// The other side of a channel, on loopback: keeps what it is told and answers as a test wants.
final class GatewayDouble: Sendable {
    /// A request as it came.
    struct Received: Sendable {
        var method: String
        var path: String
        var headers: [String: String]
        var body: String
    }

    /// An answer.
    struct Reply: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = "{\"ok\":true}"
    }

    private struct Context: InitializableFromSource {
        init(source: ApplicationRequestContextSource) {}
    }

    private let state = Mutex<(received: [Received], replies: [Reply])>(([], []))

    /// Everything that was asked, in order.
    var received: [Received] { state.withLock(\.received) }

    /// Lends a double that gives these answers one after the other, then the last again and again.
    static func run(
        _ replies: [Reply] = [Reply()],
        _ body: (GatewayDouble, _ address: String) async throws -> Void
    ) async throws {
        let double = GatewayDouble()
        double.state.withLock { $0.replies = replies }
        let responder = CallbackResponder<Context> { request, _ in try await double.respond(request)
        }
        var logger = Logger(label: "gateway")
        logger.logLevel = .critical
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: responder,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let task = Task { try await application.run() }
        var port = 0
        for await found in ports {
            port = found
            break
        }
        do {
            try await body(double, "http://127.0.0.1:\(port)")
        } catch {
            task.cancel()
            _ = await task.result
            throw error
        }
        task.cancel()
        _ = await task.result
    }

    private func respond(_ request: Request) async throws -> Response {
        var request = request
        let buffer = try await request.collectBody(upTo: 1 << 20)
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let received = Received(
            method: request.method.rawValue, path: "\(request.uri)", headers: headers,
            body: String(buffer: buffer))
        let reply = state.withLock { state in
            state.received.append(received)
            return state.replies.count > 1 ? state.replies.removeFirst() : state.replies[0]
        }
        var fields = HTTPFields()
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return Response(
            status: .init(code: reply.status), headers: fields,
            body: request.method == .head
                ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(string: reply.body)))
    }
}
