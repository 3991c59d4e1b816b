/// A Bitrix24 portal: takes a request apart, runs what it asks for, wraps the answer.
struct Portal: Sendable {
    let settings: OptionBox<PortalOptions>
    let world: @Sendable () -> World
    /// The machine's clock; the portal's own may differ.
    let machineNow: @Sendable () -> Double
    let meters = PortalMeters()
    let tokens = PortalTokens()
    let changes = PortalChanges()
    let views = RowViews()
    let indexes = PortalIndexes()
    let faults: FaultSwitches
    let counters: CounterBox

    /// Answers a request of the REST interface; `path` holds the decoded segments after `rest`.
    func respond(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        let options = settings.now
        let session = PortalSession(portal: self, options: options, world: world())
        var reply = session.respond(request, path: path)
        if options.escapesUnicode { reply.body = UnicodeEscapes.escaped(reply.body) }
        return reply
    }

    /// Answers a request of the authorisation server; `path` holds the segments after `oauth`.
    func authorize(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        let options = settings.now
        let oauth = PortalOAuth(
            tokens: tokens, options: options, now: machineNow() + options.clockSkew)
        return oauth.respond(request, path: path)
    }
}

/// Who calls.
struct PortalCaller: Sendable {
    /// Whether it is an application with a token, and not a webhook.
    var isApplication: Bool

    /// Under which name a method's operating time is kept for this caller.
    func meter(_ method: String) -> String { (isApplication ? "app " : "hook ") + method }
}

/// One request, under the options and over the world of the moment in which it came.
struct PortalSession: Sendable {
    let portal: Portal
    let options: PortalOptions
    let world: World

    /// Now, by the portal's clock, in seconds since 1970.
    var now: Double { portal.machineNow() + options.clockSkew }

    /// Answers a request; `path` holds the decoded segments after `rest`.
    func respond(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        guard
            portal.meters.admits(
                request.caller, rate: options.requestsPerSecond, depth: options.bucketDepth,
                now: portal.machineNow())
        else { return PortalError.tooManyRequests.reply(options.statuses) }
        do throws(PortalError) {
            try open()
            if options.invalidBody == .refused, request.hasBrokenBody { throw .brokenBody }
            let parameters = request.parameters
            let (caller, method) = try authorized(path, parameters)
            let started = now
            let answer = try answer(method, parameters, caller)
            return SandboxReply.json(
                envelope(answer, meter: caller.meter(method), started: started))
        } catch {
            return error.reply(options.statuses)
        }
    }

    private func answer(
        _ method: String, _ parameters: Parameter, _ caller: PortalCaller
    ) throws(PortalError) -> MethodAnswer {
        guard method == "batch" else {
            return try run(method, parameters, caller, isInBatch: false)
        }
        let fault = portal.faults.batch()
        if fault == .emptyBatch { return PortalBatch.empty }
        let started = now
        if options.batchCharge == .batch { try checkOperating(method, caller, now: started) }
        var batch = PortalBatch()
        batch.run(parameters, in: self, caller)
        if fault == .lostCommand { batch.loseLast() }
        if options.batchCharge == .batch { charge(method, caller, since: started) }
        return batch.answer()
    }

    // MARK: Rights

    private func open() throws(PortalError) {
        switch options.state {
        case .open: return
        case .overloaded: throw .overloaded
        case .deleted: throw .deleted
        case .unpaid: throw .unpaid
        case .free: throw .planWithoutREST
        }
    }

    private func authorized(
        _ path: [String], _ parameters: Parameter
    ) throws(PortalError) -> (PortalCaller, String) {
        let caller = PortalCaller(isApplication: path.count < 3)
        if caller.isApplication {
            guard let token = parameters["auth"]?.text ?? parameters["access_token"]?.text else {
                throw path.count == 1 ? .noAuthorization : .methodNotFound
            }
            switch portal.tokens.standing(token, now: now) {
            case .unknown: throw .invalidToken
            case .expired: throw .expiredToken
            case .good: break
            }
            if options.isUninstalled { throw .notInstalled }
        } else {
            if options.requiresHTTPS { throw .httpsRequired }
            guard path[0] == String(options.userID), path[1] == options.code else {
                throw .invalidCredentials
            }
        }
        if options.isDismissed { throw .dismissed }
        guard path.count == 1 || path.count == 3, let last = path.last else {
            throw .methodNotFound
        }
        let name = last.lowercased()
        return (caller, name.hasSuffix(".json") ? String(name.dropLast(5)) : name)
    }

    /// Whether the portal has a method.
    func has(_ name: String) -> Bool {
        let isKnown = PortalMethods.all[name] != nil || name == "batch"
        return isKnown && !options.missingMethods.contains { name.hasPrefix($0.lowercased()) }
    }

    // MARK: Methods

    /// Runs a method and charges it for its time.
    func run(
        _ name: String, _ parameters: Parameter, _ caller: PortalCaller, isInBatch: Bool
    ) throws(PortalError) -> MethodAnswer {
        do throws(PortalError) {
            guard has(name), let method = PortalMethods.all[name] else { throw .methodNotFound }
            try check(method, caller, isInBatch: isInBatch)
            let started = now
            let isCharged = !isInBatch || options.batchCharge == .commands
            if isCharged { try checkOperating(name, caller, now: started) }
            let call = PortalCall(
                name: name, parameters: parameters, session: self, caller: caller,
                isInBatch: isInBatch, now: started)
            let answer = try method.run(call)
            portal.counters.count { $0.methods[name, default: .init()].rows += answer.rows }
            if isCharged { charge(name, caller, since: started) }
            return answer
        } catch {
            portal.counters.count {
                $0.methods[name, default: .init()].calls += 1
                $0.methods[name, default: .init()].refused += 1
            }
            throw error
        }
    }

    private func check(
        _ method: PortalMethods.Method, _ caller: PortalCaller, isInBatch: Bool
    ) throws(PortalError) {
        guard method.scope.isEmpty || options.scopes.contains(method.scope) else {
            var error = PortalError.insufficientScope(isApplication: caller.isApplication)
            if isInBatch { error.description = "" }
            throw error
        }
        if method.isForAdministrators, !options.isAdministrator { throw method.refusal }
        if method.scope == "crm" || method.scope == "catalog", !options.mayReadCRM {
            throw method.refusal
        }
    }

    private func checkOperating(
        _ method: String, _ caller: PortalCaller, now: Double
    ) throws(PortalError) {
        if let limit = options.operatingLimit,
            portal.meters.isBlocked(
                caller.meter(method), limit: limit, block: options.operatingBlock, now: now)
        {
            throw .operatingLimit
        }
    }

    private func charge(_ method: String, _ caller: PortalCaller, since started: Double) {
        let seconds = options.operatingCost ?? max(0, now - started)
        portal.meters.charge(caller.meter(method), seconds: seconds, now: started)
        portal.counters.count {
            $0.methods[method, default: .init()].operatingSeconds += seconds
            $0.methods[method, default: .init()].calls += 1
        }
    }

    // MARK: Answers

    private func envelope(_ answer: MethodAnswer, meter: String, started: Double) -> [UInt8] {
        var writer = ByteWriter(capacity: answer.result.count + 400)
        writer.raw("{")
        if answer.isBare {
            writer.raw(Array(answer.result.dropFirst().dropLast()))
        } else {
            writer.raw("\"result\":")
            writer.raw(answer.result)
        }
        if let next = answer.next { writer.raw(",\"next\":\(next)") }
        if let total = answer.total { writer.raw(",\"total\":\(total)") }
        writer.raw(",\"time\":")
        writer.raw(time(meter: meter, started: started))
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }

    /// The `time` object of an answer.
    func time(meter: String, started: Double) -> String {
        let finished = now
        let duration = max(0, finished - started)
        let offset = Int64(options.utcOffset * 3600)
        let start = options.hasFractionalStart ? "\(started)" : "\(Int(started))"
        var text = """
            {"start":\(start),"finish":\(finished),"duration":\(duration),\
            "processing":\(options.hasFractionalStart ? "\(duration)" : "0"),\
            "date_start":"\(Moment.portal(Int64(started), offset: offset))",\
            "date_finish":"\(Moment.portal(Int64(finished), offset: offset))"
            """
        let operating = portal.meters.operating(meter, now: finished)
        if options.timeDetail == .operatingAndReset {
            text += ",\"operating_reset_at\":\(operating.resetAt)"
        }
        if options.timeDetail != .plain {
            text += ",\"operating\":\(operating.seconds == 0 ? "0" : "\(operating.seconds)")"
        }
        return text + "}"
    }
}

/// What a method gives when it succeeds.
struct MethodAnswer: Sendable {
    /// The JSON under `result`.
    var result: [UInt8]
    /// List methods only.
    var total: Int?
    /// List methods only, when there is a further page.
    var next: Int?
    /// How many rows are in the result.
    var rows = 0
    /// Whether the result's members stand at the top of the answer, without `result`.
    var isBare = false

    init(result: [UInt8], total: Int? = nil, next: Int? = nil, rows: Int = 0) {
        self.result = result
        self.total = total
        self.next = next
        self.rows = rows
    }

    init(json: String) { self.init(result: Array(json.utf8)) }
}
