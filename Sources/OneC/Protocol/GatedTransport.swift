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
        try await access.pass(patience) {
            try access.checkCredentials()
            let response = try await inner.send(request)
            access.learn(from: response)
            return response
        }
    }
}
