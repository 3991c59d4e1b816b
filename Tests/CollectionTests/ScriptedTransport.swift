import Collection
import Synchronization

/// Answers requests from a list, one after another, and remembers what was asked.
final class ScriptedTransport: HTTPTransport {
    enum Step {
        case answer(Int, String)
        case failure(HTTPTransportError.Kind)
    }

    private let steps: Mutex<[Step]>
    private let requests = Mutex<[HTTPRequest]>([])

    init(_ steps: [Step]) { self.steps = Mutex(steps.reversed()) }

    var sent: [HTTPRequest] { requests.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        requests.withLock { $0.append(request) }
        switch steps.withLock({ $0.popLast() }) {
        case .answer(let status, let body):
            return HTTPResponse(status: status, body: Array(body.utf8))
        case .failure(let kind): throw HTTPTransportError(kind)
        case nil: throw HTTPTransportError(.notConnected)
        }
    }
}
