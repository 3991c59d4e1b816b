internal import Synchronization

/// The tokens that the portal's authorisation server gave out.
final class PortalTokens: Sendable {
    /// A pair, as the token endpoint gives it.
    struct Pair: Sendable {
        var access: String
        var refresh: String
        /// When the access token ends, in seconds since 1970.
        var expires: Double
    }

    /// What an access token is worth.
    enum Standing { case good, expired, unknown }

    private struct State {
        var serial: UInt64 = 0
        /// When each authorisation code ends.
        var codes: [String: Double] = [:]
        /// When each access token ends.
        var access: [String: Double] = [:]
        /// When each refresh token ends: after it was exchanged, sooner.
        var refresh: [String: Double] = [:]

        /// Thirty-two letters and digits, the same in every run.
        mutating func secret() -> String {
            serial += 1
            var random = RandomSource(seed: 0x746F_6B65_6E73, stream: serial)
            let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
            return String((0..<32).map { _ in random.pick(letters) })
        }
    }

    private let state = Mutex(State())

    /// A code that a browser brings back after the application was allowed; it lives 30 seconds.
    func code(now: Double) -> String {
        state.withLock { state in
            let code = state.secret()
            state.codes[code] = now + 30
            return code
        }
    }

    /// A first pair, as the portal posts it to an application when it is installed.
    func pair(_ options: PortalOptions, now: Double) -> Pair {
        state.withLock { Self.pair(&$0, options, now: now) }
    }

    /// Exchanges a code; `nil` when it is unknown, used or too old.
    func exchange(code: String, _ options: PortalOptions, now: Double) -> Pair? {
        state.withLock { state in
            guard let end = state.codes.removeValue(forKey: code), now <= end else { return nil }
            return Self.pair(&state, options, now: now)
        }
    }

    /// Exchanges a refresh token for a new pair; the old one dies, at once unless a grace is set.
    ///
    /// - Returns: `nil` when the token is unknown, exchanged or too old.
    func refresh(_ token: String, _ options: PortalOptions, now: Double) -> Pair? {
        state.withLock { state in
            guard let end = state.refresh[token], now < end else { return nil }
            state.refresh[token] = min(end, now + options.refreshGrace)
            return Self.pair(&state, options, now: now)
        }
    }

    /// What an access token is worth.
    func standing(_ token: String, now: Double) -> Standing {
        state.withLock { state in
            guard let end = state.access[token] else { return .unknown }
            return now < end ? .good : .expired
        }
    }

    private static func pair(
        _ state: inout State, _ options: PortalOptions, now: Double
    ) -> Pair {
        let pair = Pair(
            access: state.secret(), refresh: state.secret(),
            expires: now + options.accessLifetime)
        state.access[pair.access] = pair.expires
        state.refresh[pair.refresh] = now + options.refreshLifetime
        return pair
    }
}
