import Collection
import Foundation
import Synchronization

/// A token server and a portal in one: it exchanges each refresh token once.
final class TokenServer: HTTPTransport {
    struct State {
        /// The only refresh token that is good now.
        var refresh = "refresh0"
        var access = "access0"
        var exchanges = 0
        var forms: [String] = []
        /// Whether the next answer is lost on the way, after the tokens were exchanged.
        var losesAnswer = false
        /// The refresh token before it, where it is still taken.
        var grace: String?
        var hasGrace = false
        /// What is answered in place of tokens.
        var refusal: (status: Int, body: String)?
    }

    let state = Mutex(State())

    /// Calls something between the exchange and its answer.
    let onExchange: @Sendable () -> Void

    init(onExchange: @escaping @Sendable () -> Void = {}) { self.onExchange = onExchange }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        guard request.url.hasSuffix("/oauth/token/") else { return portal(body) }
        onExchange()
        let (response, isLost) = state.withLock { state in
            state.forms.append(body)
            if let refusal = state.refusal {
                return (
                    HTTPResponse(status: refusal.status, body: Array(refusal.body.utf8)), false
                )
            }
            let isCode = body.contains("grant_type=authorization_code")
            let taken = [state.refresh, state.grace].compactMap(\.self)
            guard
                isCode
                    ? body.contains("code=good")
                    : taken.contains(where: { body.hasSuffix("=" + $0) })
            else {
                let body = #"{"error":"invalid_grant"}"#
                return (HTTPResponse(status: 400, body: Array(body.utf8)), false)
            }
            state.exchanges += 1
            state.access = "access\(state.exchanges)"
            state.grace = state.hasGrace ? state.refresh : nil
            state.refresh = "refresh\(state.exchanges)"
            let body =
                #"{"access_token":"\#(state.access)","refresh_token":"\#(state.refresh)","#
                + #""expires_in":3600,"member_id":"m"}"#
            defer { state.losesAnswer = false }
            return (HTTPResponse(status: 200, body: Array(body.utf8)), state.losesAnswer)
        }
        if isLost { throw CancellationError() }
        return response
    }

    private func portal(_ body: String) -> HTTPResponse {
        let access = state.withLock { $0.access }
        guard body.contains(#""auth":"\#(access)""#) else {
            let body =
                #"{"error":"expired_token","error_description":"The access token provided "#
                + #"has expired."}"#
            return HTTPResponse(status: 401, body: Array(body.utf8))
        }
        return HTTPResponse(status: 200, body: Array(#"{"result":{"ADMIN":true}}"#.utf8))
    }
}
