public import Collection
public import Foundation

/// A local application of a portal, which proves itself by OAuth 2.0.
///
/// The access token lives an hour. It is exchanged when it is about to end, or when the portal calls
/// it expired, never more often: the vendor blocks applications that exchange on a schedule. Each
/// exchange gives a new refresh token and ends the old one, so that one exchange at a time may run,
/// in all processes of the machine together, and its answer is on the disk before it is used.
///
/// One case cannot be made good: when the machine stops after the server gave a new pair and before
/// it is on the disk, the only valid refresh token is lost with the answer. The next start knows from
/// the file that an exchange was under way. It goes on with the access token while that lives, tries
/// the old refresh token, which some portals still take, and otherwise says that the application has
/// to be let in again.
public actor LocalApplication: PortalAccess {
    /// What identifies an application.
    public struct Identity: Hashable, Sendable {
        /// The application's id, as the portal shows it.
        public var clientID: String
        /// The application's key, as the portal shows it.
        public var clientSecret: String
        /// The server that gives tokens, without a trailing slash.
        public var server: String

        /// Names an application.
        public init(
            clientID: String, clientSecret: String, server: String = "https://oauth.bitrix24.tech"
        ) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.server = server
        }
    }

    /// The portal's address without a trailing slash.
    public nonisolated let portal: String
    /// The portal's host, with its port when there is one.
    public nonisolated let host: String
    private nonisolated let identity: Identity
    private let vault: TokenVault
    private let endpoint: TokenEndpoint
    private let clock: MonotonicClock
    private let now: @Sendable () -> Date
    private var tokens: ApplicationTokens?
    private var exchange: Task<ApplicationTokens, any Error>?

    /// Makes an application; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - portal: The portal's address: `https://portal.bitrix24.ru`.
    ///   - identity: The application's id and key.
    ///   - vault: Where its tokens are kept.
    ///   - transport: Sends requests.
    ///   - policy: How often to try again.
    ///   - clock: Tells and passes the time.
    ///   - now: Tells the date.
    /// - Throws: ``CollectionError`` when an address is none or not encrypted.
    public init(
        portal: String, identity: Identity, vault: TokenVault, transport: any HTTPTransport,
        policy: RetryPolicy = RetryPolicy(), clock: MonotonicClock = .system,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws(CollectionError) {
        self.portal = try Self.address(portal, of: "portal")
        var identity = identity
        identity.server = try Self.address(identity.server, of: "token server")
        self.identity = identity
        host = PortalAddress.host(of: self.portal)
        self.vault = vault
        endpoint = TokenEndpoint(
            application: identity,
            pipeline: RequestPipeline(
                transport: transport, limiter: nil, policy: policy, clock: clock))
        self.clock = clock
        self.now = now
    }

    /// `application`.
    public nonisolated var kind: String { "application" }

    /// The path of a method; it holds no secret.
    public nonisolated func path(of method: String) -> String { "/rest/\(method)" }

    /// The application's key.
    public nonisolated var secrets: [String] { [identity.clientSecret] }

    /// Where an administrator lets the application in; the portal then sends the browser on to the
    /// application's own address with a `code`, which lives thirty seconds.
    ///
    /// - Parameter state: Comes back with the code, so that it cannot be somebody else's.
    /// - Returns: The address to open in a browser.
    public nonisolated func authorizationAddress(state: String) -> String {
        "\(portal)/oauth/authorize/?client_id=\(BatchCommand.encoded(identity.clientID))"
            + "&state=\(BatchCommand.encoded(state))"
    }

    /// Takes the code that the portal gave, and keeps the tokens for it.
    ///
    /// - Throws: ``CollectionError`` when the code is no longer good or there is no answer.
    public func install(code: String) async throws {
        let (vault, endpoint) = (vault, endpoint)
        do {
            tokens = try await vault.withLock(clock: clock) { [seconds] in
                let tokens = try await endpoint.exchange(.code(code), now: seconds)
                try vault.write(tokens)
                return tokens
            }
        } catch is TokenEndpoint.InvalidGrant {
            throw CollectionError(
                .refused,
                "The code is no longer good: it lives thirty seconds and is taken once. Nothing was "
                    + "changed. Run 'sverka authorize' again.")
        }
    }

    /// Takes a pair of tokens that the portal sent when the application was installed.
    ///
    /// - Throws: ``CollectionError`` when they cannot be kept.
    public func install(accessToken: String, refreshToken: String, expiresIn: Int) async throws {
        let pair = ApplicationTokens(
            access: accessToken, expiresAt: seconds + Int64(expiresIn), refresh: refreshToken)
        let vault = vault
        tokens = try await vault.withLock(clock: clock) {
            try vault.write(pair)
            return pair
        }
    }

    /// The token for the next call, exchanged when it is about to end or was rejected.
    public func token(afterRejected rejected: String?) async throws -> String? {
        if tokens == nil { tokens = try vault.read() }
        guard let tokens else { throw notInstalled }
        if tokens.access != rejected, tokens.isFresh(at: seconds) { return tokens.access }
        // Calls that come meanwhile wait for the same exchange.
        let task = exchange ?? Task { try await exchanged(rejected: rejected) }
        exchange = task
        // One that waited may come back when a newer exchange is under way: that one stands.
        defer { if exchange == task { exchange = nil } }
        let fresh = try await task.value
        if exchange == task { self.tokens = fresh }
        return fresh.access
    }

    /// Exchanges the refresh token, unless another process has just done so.
    private func exchanged(rejected: String?) async throws -> ApplicationTokens {
        let (vault, endpoint) = (vault, endpoint)
        return try await vault.withLock(clock: clock) { [now = seconds, lost] in
            guard var tokens = try vault.read() else { throw lost }
            if tokens.access != rejected, tokens.isFresh(at: now) { return tokens }
            let wasUnderWay = tokens.exchangeBegan != nil
            tokens.exchangeBegan = tokens.exchangeBegan ?? now
            try vault.write(tokens)
            do {
                let fresh = try await endpoint.exchange(.refreshToken(tokens.refresh), now: now)
                try vault.write(fresh)
                return fresh
            } catch is TokenEndpoint.InvalidGrant {
                // The access token is as good as before while it lives.
                if tokens.access != rejected, now < tokens.expiresAt { return tokens }
                throw wasUnderWay ? lost : Self.refused
            }
        }
    }

    private var seconds: Int64 { Int64(now().timeIntervalSince1970) }

    private var notInstalled: CollectionError {
        CollectionError(
            .refused,
            "The application has no tokens for \(host) yet. Run 'sverka authorize': it names the "
                + "address that an administrator of the portal opens, and takes the code.")
    }

    private var lost: CollectionError {
        CollectionError(
            .refused,
            "\(host) no longer takes the application's refresh token. An earlier exchange was cut "
                + "off before its answer was on the disk, and the new token is lost with it. "
                + "Nothing else is lost: run 'sverka authorize' again.")
    }

    private static let refused = CollectionError(
        .refused,
        "The portal no longer takes the application's refresh token (invalid_grant): it was removed "
            + "from the portal, whoever let it in was dismissed, or it was not used for 180 days. "
            + "Run 'sverka authorize' again; if it was removed, make it anew in the portal first.")

    /// Tokens go over TLS only, but for a sandbox on this machine.
    private static func address(_ text: String, of what: String) throws(CollectionError) -> String {
        var address = TextCleaning.trimmed(text)
        while address.hasSuffix("/") { address.removeLast() }
        let host = PortalAddress.host(of: address).prefix { $0 != ":" }
        guard
            address.hasPrefix("https://") && !host.isEmpty
                || address.hasPrefix("http://") && (host == "127.0.0.1" || host == "localhost")
        else {
            throw CollectionError(
                .misconfigured,
                "The address of the \(what) does not begin with https://. Tokens are not sent "
                    + "without encryption.")
        }
        return address
    }
}
