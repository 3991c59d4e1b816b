internal import Synchronization

/// A 1C infobase behind its publication: the standard OData interface and an HTTP service.
final class Infobase: Sendable {
    private struct State {
        var options: InfobaseOptions
        var published: (world: World, catalogue: Catalogue)?
        /// What virtual tables answered last.
        var virtual: [(name: String, set: any ODataSet)] = []
    }

    let sessions = InfobaseSessions()
    private let world: @Sendable () -> World
    private let now: @Sendable () -> Double
    private let faults: FaultSwitches
    private let state: Mutex<State>

    init(
        options: InfobaseOptions, world: @escaping @Sendable () -> World,
        now: @escaping @Sendable () -> Double, faults: FaultSwitches
    ) {
        state = Mutex(State(options: options))
        self.world = world
        self.now = now
        self.faults = faults
    }

    /// How the infobase behaves now.
    var options: InfobaseOptions {
        get { state.withLock { $0.options } }
        set {
            state.withLock { state in
                // What is published has to be found out anew.
                if state.options != newValue { state.published = nil }
                state.options = newValue
                state.virtual = []
            }
        }
    }

    /// The sets of the world as it is now; the same ones until it changes.
    private var catalogue: Catalogue {
        let world = world()
        return state.withLock { state in
            if let published = state.published, published.world === world {
                return published.catalogue
            }
            let catalogue = Catalogue(InfobaseSets.all(of: world, state.options))
            state.published = (world, catalogue)
            state.virtual = []
            return catalogue
        }
    }

    /// Lets somebody work in a set that is being read; it stays so until the world changes.
    private func disturb(_ name: String, _ change: DisturbedSet.Change) -> Catalogue {
        let before = catalogue
        let sets = before.sets.map { set in
            set.name == name ? DisturbedSet.after(change, in: set) : set
        }
        return state.withLock { state in
            let after = Catalogue(sets)
            state.published?.catalogue = after
            state.virtual = []
            return after
        }
    }

    // MARK: Coming in

    /// Answers a request; `path` holds the decoded segments after the publication's name.
    func respond(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        let options = options
        let now = now()
        let isJSON =
            ODataOptions.format(query: request.query, accept: request.accept)?.isJSON ?? false
        let expected = "Basic " + Base64.encoded("\(options.login):\(options.password)".utf8)
        guard sessions.accepts(request.authorization == expected, options, now: now) else {
            return PlatformAnswer.unauthorized
        }
        let minute = Int((Int64(now) + Moment.moscowOffset) % 86_400 / 60)
        if options.maintenanceMinutes?.contains(minute) == true {
            return PlatformAnswer.maintenance(isJSON: isJSON)
        }
        switch sessions.admit(wish: request.sessionWish, id: request.sessionID, options, now: now) {
        case .poolIsFull: return PlatformAnswer.noSession(isJSON: isJSON)
        case .noLicence: return PlatformAnswer.noLicence(isJSON: isJSON)
        case .lost: return PlatformAnswer.lostSession(isJSON: isJSON)
        case .admitted(let isCold, let cookie):
            var reply = answer(request, path: path, isJSON: isJSON, options)
            if let most = options.answerByteCountMax, reply.body.count > most {
                reply = PlatformAnswer.diskFull
            }
            reply.delay += options.answerSeconds + (isCold ? options.coldStartSeconds : 0)
            if let cookie { reply.headers.append(("Set-Cookie", "ibsession=\(cookie); path=/")) }
            return reply
        }
    }

    private func answer(
        _ request: SandboxRequest, path: [String], isJSON: Bool, _ options: InfobaseOptions
    ) -> SandboxReply {
        if path.first == "hs" {
            return HTTPService(world: world(), options: options)
                .respond(request, path: Array(path.dropFirst()))
        }
        do throws(ODataError) {
            guard request.method == "GET" || request.method == "HEAD" else {
                throw .methodNotAllowed
            }
            let answer = ODataAnswer(
                request: request, catalogue: catalogue, options: options,
                updated: Moment.local(Int64(now())),
                virtual: { [self] name, make throws(ODataError) in
                    try virtualTable(name, make)
                },
                isRepeated: { [faults] name in
                    faults.takes(.repeatedPage, system: .onec, subject: name)
                },
                disturbed: { [self] name in disturbed(name) })
            return try answer.reply(Array(path.dropFirst(2)))
        } catch {
            return error.reply(isJSON: isJSON)
        }
    }

    // MARK: What a request may change

    private func disturbed(_ name: String) -> Catalogue? {
        for (fault, change) in [
            (SandboxFault.rowCreated, DisturbedSet.Change.inserted), (.rowDeleted, .deleted),
            (.rowUpdated, .renamed),
        ] where faults.takes(fault, system: .onec, subject: name) {
            return disturb(name, change)
        }
        return nil
    }

    /// A virtual table, kept for those who read it page by page.
    private func virtualTable(
        _ name: String, _ make: () throws(ODataError) -> any ODataSet
    ) throws(ODataError) -> any ODataSet {
        if let kept = state.withLock({ $0.virtual.first { $0.name == name }?.set }) { return kept }
        let set = try make()
        state.withLock { state in
            if state.virtual.count == 6 { state.virtual.removeFirst() }
            state.virtual.append((name, set))
        }
        return set
    }
}
