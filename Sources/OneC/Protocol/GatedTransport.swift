internal import Collection

/// Sends one request at a time, and none with credentials that were refused.
///
/// Whoever waits in line may have asked before the request in front of it was refused: only what is
/// looked at inside the gate keeps a wrong password from being sent twice.
struct GatedTransport: HTTPTransport {
    let inner: any HTTPTransport
    let access: InfobaseAccess

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await access.gate.pass {
            try access.checkCredentials()
            let response = try await inner.send(request)
            access.learn(from: response)
            return response
        }
    }
}
