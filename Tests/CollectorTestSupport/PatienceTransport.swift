public import Collection
public import Sandbox

/// Takes an answer that the sandbox calls slow for one that did not come in time, however long it really
/// took: how long a caller waits is told apart by no clock, so that a busy machine changes nothing.
public struct PatienceTransport: HTTPTransport {
    private let inner: any HTTPTransport
    private let sandbox: Sandbox

    /// Wraps a transport.
    ///
    /// - Parameters:
    ///   - inner: Sends the requests, one at a time.
    ///   - sandbox: Who answers; its slow answers need take no time.
    public init(_ inner: any HTTPTransport = AsyncHTTPTransport(), to sandbox: Sandbox) {
        self.inner = inner
        self.sandbox = sandbox
    }

    /// Sends a request.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let before = sandbox.counters.faults[.slow]
        let response = try await inner.send(request)
        guard sandbox.counters.faults[.slow] == before else { throw HTTPTransportError(.timedOut) }
        return response
    }
}
