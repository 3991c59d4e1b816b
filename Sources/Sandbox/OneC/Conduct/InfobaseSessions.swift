internal import Synchronization

/// Who may come in: passwords, licences and the pool of sessions.
final class InfobaseSessions: Sendable {
    /// What becomes of a request.
    enum Admission {
        /// It is let in; a new session answers later, and a session that the client began has an id.
        case admitted(isCold: Bool, cookie: String?)
        case poolIsFull, noLicence, lost
    }

    private struct Session {
        /// `nil` of a session of the pool.
        var id: String?
        var busyUntil: Double
    }

    private struct State {
        var sessions: [Session] = []
        var started = 0
        var most = 0
        var wrongPasswords = 0
        var wrongInRow = 0
        var lockedUntil = -Double.infinity
    }

    private let state = Mutex(State())

    /// Sessions begun, the most there were at one time, and wrong passwords, since the start.
    var counters: (started: Int, most: Int, wrongPasswords: Int) {
        state.withLock { ($0.started, $0.most, $0.wrongPasswords) }
    }

    /// Forgets sessions and wrong passwords, as if nobody had called for long.
    func reset() { state.withLock { $0 = State() } }

    /// Whether a password opens the door now; counts the wrong ones.
    ///
    /// Who brings none is sent away to ask for it, and nothing is counted.
    func accepts(
        _ authorization: String, expected: String, _ options: InfobaseOptions, now: Double
    ) -> Bool {
        guard !authorization.isEmpty else { return false }
        let isRight = authorization == expected
        return state.withLock { state in
            guard now >= state.lockedUntil else {
                if !isRight { state.wrongPasswords += 1 }
                return false
            }
            guard !isRight else {
                state.wrongInRow = 0
                return true
            }
            state.wrongPasswords += 1
            state.wrongInRow += 1
            if let most = options.wrongPasswordsMax, state.wrongInRow >= most {
                state.lockedUntil = now + options.lockoutSeconds
                state.wrongInRow = 0
            }
            return false
        }
    }

    /// Finds or begins a session for a request.
    ///
    /// - Parameters:
    ///   - wish: The header `IBSession`: `start`, `finish` or empty.
    ///   - id: The session that the cookie names.
    ///   - options: The limits.
    ///   - now: Now.
    /// - Returns: What becomes of the request.
    func admit(wish: String, id: String?, _ options: InfobaseOptions, now: Double) -> Admission {
        state.withLock { state in
            state.sessions.removeAll { $0.busyUntil + Self.idle($0, options) < now }
            if options.sessionMode == .client {
                if let id, wish != "start" {
                    guard let place = state.sessions.firstIndex(where: { $0.id == id }) else {
                        return .lost
                    }
                    state.sessions[place].busyUntil = now + options.answerSeconds
                    if wish == "finish" { state.sessions.remove(at: place) }
                    return .admitted(isCold: false, cookie: nil)
                }
                if wish == "start" {
                    let new = GUID(seed: 0x5E5510, of: UInt64(state.started)).text
                    return begin(Session(id: new, busyUntil: now), &state, options, now)
                }
            }
            if options.sessionMode != .each,
                let free = state.sessions.firstIndex(where: { $0.id == nil && $0.busyUntil <= now })
            {
                state.sessions[free].busyUntil = now + options.answerSeconds
                return .admitted(isCold: false, cookie: nil)
            }
            return begin(Session(id: nil, busyUntil: now), &state, options, now)
        }
    }

    /// How long a session is kept after its last answer.
    private static func idle(_ session: Session, _ options: InfobaseOptions) -> Double {
        session.id == nil && options.sessionMode == .each ? 0 : options.sessionIdleSeconds
    }

    private func begin(
        _ session: Session, _ state: inout State, _ options: InfobaseOptions, _ now: Double
    ) -> Admission {
        var session = session
        if options.sessionMode == .each { state.sessions.removeAll { $0.busyUntil <= now } }
        if let licences = options.licences, state.sessions.count >= licences { return .noLicence }
        if let size = options.poolSize, state.sessions.count >= size { return .poolIsFull }
        session.busyUntil = now + options.coldStartSeconds + options.answerSeconds
        state.sessions.append(session)
        state.started += 1
        state.most = max(state.most, state.sessions.count)
        return .admitted(isCold: true, cookie: session.id)
    }
}
