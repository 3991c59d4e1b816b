internal import Collection

/// Sends as many requests at a time as the access allows, and none with credentials that were refused.
///
/// Whoever waits in line may have asked before the request in front of it was refused: only what is
/// looked at when its turn has come keeps a wrong password from being sent twice.
struct GatedTransport: HTTPTransport {
    let inner: any HTTPTransport
    let access: InfobaseAccess
    let patience: ProcessGate.Patience

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let start = patience.clock.elapsed
        return try await access.pass(patience) {
            let waited = patience.clock.elapsed - start
            try access.checkCredentials()
            do {
                var response = try await inner.send(request)
                access.learn(from: response)
                response.waited = waited
                return response
            } catch let failure as HTTPTransportError {
                var failure = failure
                failure.waited = waited
                throw failure
            }
        }
    }
}
