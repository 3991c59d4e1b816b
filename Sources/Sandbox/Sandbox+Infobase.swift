/// Something that somebody did in the infobase while it was being read.
public struct InfobaseChange: Hashable, Sendable {
    /// What happened to an object.
    public enum Kind: String, Hashable, Sendable {
        /// It came into being, as a copy of another one.
        case created
        /// It is no more.
        case deleted
        /// It has another name.
        case updated
    }

    /// What happened.
    public var kind: Kind
    /// `Catalog_Контрагенты`.
    public var set: String
    /// The object's reference.
    public var key: String

    /// The change as a JSON object.
    var json: String {
        "{\"kind\":\"\(kind.rawValue)\",\"table\":\"\(set)\",\"id\":\"\(key)\"}"
    }
}

/// What the infobase's users and sessions did.
public struct InfobaseCounters: Hashable, Sendable {
    /// Sessions that began.
    public var sessions: Int
    /// The most sessions that there were at one time.
    public var sessionsAtOnce: Int
    /// Requests with a wrong password.
    public var wrongPasswords: Int
}

extension Sandbox {
    /// How the infobase behaves now.
    public var infobaseOptions: InfobaseOptions { infobase.options }

    /// Changes how the infobase behaves from now on.
    public func changeInfobase(_ change: (inout InfobaseOptions) -> Void) {
        var options = infobase.options
        change(&options)
        infobase.options = options
    }

    /// What the infobase's users and sessions did since the start, or since ``forgetSessions()``.
    public var infobaseCounters: InfobaseCounters {
        let counters = infobase.sessions.counters
        return InfobaseCounters(
            sessions: counters.started, sessionsAtOnce: counters.most,
            wrongPasswords: counters.wrongPasswords)
    }

    /// Ends all sessions of the infobase and forgets wrong passwords.
    public func forgetSessions() { infobase.sessions.reset() }

    /// What somebody did in the infobase while it was being read: see
    /// ``SandboxFault/rowCreated``.
    public var infobaseChanges: [InfobaseChange] { infobase.changes }

    /// Takes back what somebody did in the infobase while it was being read.
    public func forgetInfobaseChanges() { infobase.forgetChanges() }
}
