internal import Collection
internal import Foundation

/// The vendor's server that exchanges codes and refresh tokens for new tokens.
///
/// Source: the protocol dossier, section 1.6. The form goes in the body, which keeps the secrets out
/// of the logs on the way.
struct TokenEndpoint: Sendable {
    let application: LocalApplication.Identity
    let pipeline: RequestPipeline

    /// What is exchanged.
    enum Grant: Sendable {
        case code(String)
        case refreshToken(String)
    }

    /// The server refused a grant for good.
    struct InvalidGrant: Error {}

    /// Exchanges a grant.
    ///
    /// - Throws: ``InvalidGrant``, or ``CollectionError`` when there is no answer or another refusal.
    func exchange(_ grant: Grant, now: Int64) async throws -> ApplicationTokens {
        let (type, name, value) =
            switch grant {
            case .code(let code): ("authorization_code", "code", code)
            case .refreshToken(let token): ("refresh_token", "refresh_token", token)
            }
        let form = [
            ("grant_type", type), ("client_id", application.clientID),
            ("client_secret", application.clientSecret), (name, value),
        ].map { "\($0)=\(BatchCommand.encoded($1))" }.joined(separator: "&")
        let request = HTTPRequest(
            method: "POST", url: application.server + "/oauth/token/",
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Accept", "application/json"), ("User-Agent", "sverka/1"),
            ], body: Array(form.utf8))
        let host = PortalAddress.host(of: application.server)
        return try await pipeline.send(
            "The exchange of tokens at \(host)", request: { _ in request }
        ) { try Self.tokens(from: $0, host: host, now: now) }
    }

    /// An answer is good only with an access token in it: refusals come with any status.
    private static func tokens(
        from response: HTTPResponse, host: String, now: Int64
    ) throws -> ApplicationTokens {
        let root: JSONValue
        do {
            root = try JSONDocument(parsing: response.body).root
        } catch {
            // Whoever says 404 here gives no tokens at all; an error of a server or a proxy passes.
            guard response.status >= 500 || [408, 429, 200].contains(response.status) else {
                throw RefusedAnswer.permanent(
                    CollectionError(
                        .misconfigured,
                        "\(host) gives no tokens (HTTP \(response.status)). Check the address of the "
                            + "server that gives them, 'server' of the application."))
            }
            throw RefusedAnswer.transient(
                CollectionError(
                    .unreachable,
                    "\(host) answered the exchange of tokens with HTTP \(response.status) and no "
                        + "JSON. The tokens at hand were kept; run later."))
        }
        if let access = root["access_token"]?.string, let refresh = root["refresh_token"]?.string,
            !access.isEmpty, !refresh.isEmpty
        {
            let lifetime = root["expires_in"]?.integer ?? 3_600
            return ApplicationTokens(
                access: access, expiresAt: now + lifetime, refresh: refresh,
                memberID: root["member_id"]?.string)
        }
        throw refusal(root["error"]?.scalarText ?? "", status: response.status, host: host)
    }

    private static func refusal(_ code: String, status: Int, host: String) -> any Error {
        func refused(_ remedy: String) -> RefusedAnswer {
            let named = code.isEmpty ? "HTTP \(status)" : code
            return .permanent(
                CollectionError(.refused, "\(host) refused to give tokens (\(named)). \(remedy)"))
        }
        switch code.lowercased() {
        case "invalid_grant": return InvalidGrant()
        case "wrong_client", "invalid_client":
            return refused("Check the application's client_id and client_secret.")
        case "not_installed", "error_oauth":
            return refused(
                "The application is no longer in the portal: make it anew there, put its client_id "
                    + "and client_secret into the configuration, and run 'sverka authorize'.")
        case "payment_required": return refused("The portal's subscription has ended.")
        case "invalid_scope", "insufficient_scope":
            return refused("Give the application the scopes that it needs.")
        default:
            guard status < 500, status != 429, status != 408 else {
                return RefusedAnswer.transient(
                    CollectionError(
                        .unreachable,
                        "\(host) cannot give tokens now (HTTP \(status)). The tokens at hand were "
                            + "kept; run later."))
            }
            return refused("Check the application's settings in the portal.")
        }
    }
}
