public import Foundation

/// Access tokens of OAuth 2.0 for a mailbox, fetched with a refresh token and kept until they end.
///
/// Source: RFC 6749, 6.
public actor AccessTokens {
    /// Where tokens come from.
    public struct Settings: Sendable {
        /// The address that gives tokens.
        public var address: String
        /// The application's id.
        public var clientID: String
        /// The application's secret; may be empty.
        public var clientSecret: String
        /// The token with which others are fetched.
        public var refreshToken: String
        /// What is asked for; may be empty.
        public var scope: String

        /// Makes settings.
        public init(
            address: String, clientID: String, clientSecret: String, refreshToken: String,
            scope: String
        ) {
            self.address = address
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.refreshToken = refreshToken
            self.scope = scope
        }
    }

    private struct Answer: Decodable {
        var access_token: String
        var expires_in: Int?
        var refresh_token: String?
    }

    private let settings: Settings
    private let rotated: RotatedToken?
    /// A refresh token that came last and could not be kept in a file.
    private var unkept: String?
    private let sender: HTTPSender
    private let now: @Sendable () -> Date
    private var token: (text: String, until: Date)?

    /// Makes a source; nothing is fetched before it is asked.
    ///
    /// - Parameters:
    ///   - settings: Where tokens come from.
    ///   - certificateAuthority: A PEM file of certificates to trust beside the system's.
    ///   - file: Where a refresh token is kept that took the place of the configured one; `nil` to
    ///     begin with the configured one each time. Any number of sources may live on one file.
    ///   - now: The time.
    public init(
        _ settings: Settings, certificateAuthority: String? = nil, rotatedIn file: URL? = nil,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.settings = settings
        self.now = now
        rotated = file.map { RotatedToken(file: $0) }
        sender = HTTPSender(certificateAuthority: certificateAuthority)
    }

    /// A token that is valid for a minute at least.
    ///
    /// - Throws: ``ChannelFailure``; never with a token in it.
    public func current() async throws(ChannelFailure) -> String {
        if let valid { return valid }
        let lock = try await rotated?.lock()
        defer { lock?.release() }
        // Another caller may have fetched one while this one waited.
        if let valid { return valid }
        // Read anew each time: another sender may have exchanged the token that this one last saw.
        let refreshToken =
            unkept ?? rotated?.current(insteadOf: settings.refreshToken) ?? settings.refreshToken
        let found = try await exchanged(refreshToken)
        if let next = found.refresh_token, next != refreshToken {
            let isKept = rotated?.keep(next, insteadOf: settings.refreshToken) ?? false
            unkept = isKept ? nil : next
        }
        token = (found.access_token, now().addingTimeInterval(Double(found.expires_in ?? 3600)))
        return found.access_token
    }

    private var valid: String? {
        guard let token, token.until > now().addingTimeInterval(60) else { return nil }
        return token.text
    }

    /// Asks the server for an access token.
    private func exchanged(_ refreshToken: String) async throws(ChannelFailure) -> Answer {
        var form = [
            ("grant_type", "refresh_token"), ("client_id", settings.clientID),
            ("refresh_token", refreshToken),
        ]
        if !settings.clientSecret.isEmpty { form.append(("client_secret", settings.clientSecret)) }
        if !settings.scope.isEmpty { form.append(("scope", settings.scope)) }
        let body = form.map { name, value in
            "\(name)=" + GatewayTemplate.value(value, .percent)
        }.joined(separator: "&")
        let answer = try await sender.send(
            "POST", settings.address,
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(body.utf8))
        guard (200..<300).contains(answer.status),
            let found = try? JSONDecoder().decode(Answer.self, from: Data(answer.body.utf8))
        else {
            // 400 is how invalid_grant comes; the body may hold what was sent.
            let isServerAway = answer.status >= 500 || answer.status == 429
            throw ChannelFailure(
                isServerAway ? .temporary : .authentication, code: answer.status,
                message: isServerAway
                    ? "the server that gives access tokens is away"
                    : "the server gave no access token for the mailbox; allow the application again"
            )
        }
        return found
    }
}
