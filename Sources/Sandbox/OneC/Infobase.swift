internal import Synchronization

/// A 1C infobase behind its publication: the standard OData interface and an HTTP service.
final class Infobase: Sendable {
    private struct State {
        var options: InfobaseOptions
        var published: (world: World, catalogue: Catalogue)?
        /// What somebody did in these sets.
        var changes: [InfobaseChange] = []
        /// What virtual tables answered last.
        var virtual: [(name: String, set: any ODataSet)] = []

        mutating func forget() {
            published = nil
            changes = []
            virtual = []
        }
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
                // What is published has to be found out anew, when it is not the same.
                if !newValue.publishesSame(as: state.options) { state.forget() }
                state.options = newValue
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
            state.forget()
            state.published = (world, catalogue)
            return catalogue
        }
    }

    /// What somebody did in the sets while they were being read.
    var changes: [InfobaseChange] { state.withLock { $0.changes } }

    /// Takes it all back.
    func forgetChanges() { state.withLock { $0.forget() } }

    /// Lets somebody work in a set that is being read; it stays so until the world changes.
    private func disturb(_ name: String, _ kind: InfobaseChange.Kind) {
        let before = catalogue
        guard let set = before[name], let after = DisturbedSet.after(kind, in: set) else { return }
        let sets = before.sets.map { $0.name == name ? after.set : $0 }
        state.withLock { state in
            state.published?.catalogue = Catalogue(sets)
            state.changes.append(after.change)
            state.virtual = []
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
        guard sessions.accepts(request.authorization, expected: expected, options, now: now) else {
            return PlatformAnswer.unauthorized
        }
        let minute = Int((Int64(now) + Moment.moscow) % 86_400 / 60)
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
            let fault = { [faults] (name: String) in
                faults.list(name, system: .onec, isInBatch: false)
            }
            let answer = ODataAnswer(
                request: request, catalogue: catalogue, options: options,
                updated: Moment.local(Int64(now())), listFault: fault,
                virtual: { [self] name, make throws(ODataError) in
                    try virtualTable(name, make)
                },
                disturb: { [self] name, kind in disturb(name, kind) })
            return try answer.reply(Array(path.dropFirst(2)))
        } catch {
            return error.reply(isJSON: isJSON)
        }
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
