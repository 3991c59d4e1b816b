extension Sandbox {
    // MARK: Faults

    /// Switches a fault on.
    public func inject(_ rule: FaultRule) { faults.add(rule) }

    /// Switches faults at random on; `nil` switches them off.
    public func inject(_ mix: FaultMix?) { faults.mix(mix) }

    /// Switches all faults off, the random ones too.
    public func clearFaults() { faults.clear() }

    // MARK: Switches

    /// Changes how the portal behaves from now on.
    public func changePortal(_ change: (inout PortalOptions) -> Void) {
        portal.settings.change(change)
    }

    // MARK: What was asked

    /// What was asked of both systems.
    public var counters: SandboxCounters {
        var counters = counterBox.now
        counters.faults = faults.met
        return counters
    }

    /// Sets all counters to zero.
    public func resetCounters() {
        counterBox.reset()
        faults.forget()
    }

    /// Empties the portal's bucket and its operating time, as if nobody had called for long.
    public func forgetCalls() { portal.meters.reset() }

    /// What the portal's users changed while somebody was reading: see
    /// ``SandboxFault/rowCreated``.
    public var portalChanges: [PortalChange] { portal.changes.log }

    /// Takes back what the portal's users changed while somebody was reading.
    public func forgetPortalChanges() { portal.changes.forget() }

    // MARK: OAuth

    /// A first pair of tokens, as the portal posts it to an application when it is installed.
    public func installApplication() -> (access: String, refresh: String) {
        let pair = portal.tokens.pair(portal.settings.now, now: portalNow)
        return (pair.access, pair.refresh)
    }

    /// A code as a browser brings it back after the application was allowed.
    public func authorizationCode() -> String { portal.tokens.code(now: portalNow) }

    private var portalNow: Double { portal.machineNow() + portal.settings.now.clockSkew }

    // MARK: Over HTTP

    /// Answers a request below `/__sandbox/`, on either port.
    ///
    /// | request | |
    /// |---|---|
    /// | `GET truth` | the truth file |
    /// | `GET faults` | the rules that still wait, the mix, how often each fault met a request |
    /// | `POST faults` | a rule: `{"rule":"reset,on=batch,times=2"}` or its parts by name |
    /// | `POST mix` | `{"mix":"seed=7,rate=0.01"}` |
    /// | `DELETE faults` | switches rules and mix off |
    /// | `GET switches` | every switch with its value, help and example |
    /// | `POST switches` | `{"time":"plain","visible-share":"0.6"}` |
    /// | `GET counters`, `DELETE counters` | what was asked; sets it to zero |
    /// | `DELETE limits` | empties bucket and operating time |
    /// | `GET changes`, `DELETE changes` | rows changed between two pages; takes them back |
    /// | `POST nights` | lets a night pass: `{"seed":"7"}` |
    /// | `GET journal` | what the integration noted on the last day, as JSON Lines |
    /// | `POST oauth/install`, `POST oauth/code` | a first pair of tokens; an authorisation code |
    func control(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        do throws(SandboxTextError) {
            guard let answer = try manage(request, path.joined(separator: "/")) else {
                return SandboxReply.json(Self.problem("nothing is here"), status: 404)
            }
            return answer
        } catch {
            return SandboxReply.json(Self.problem(error.description), status: 400)
        }
    }

    private static func problem(_ text: String) -> [UInt8] {
        var writer = ByteWriter()
        writer.raw("{\"error\":")
        writer.string(text)
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }

    private func manage(
        _ request: SandboxRequest, _ path: String
    ) throws(SandboxTextError) -> SandboxReply? {
        let body = JSONDecoding.parameters(request.body) ?? request.parameters
        switch (request.method, path) {
        case ("GET", "truth"):
            return SandboxReply(
                contentType: "application/jsonl; charset=utf-8", body: Array(world.truthFile.utf8))
        case ("GET", "faults"): return .json(Array(faultsJSON.utf8))
        case ("GET", "switches"): return .json(switchesJSON)
        case ("GET", "counters"): return .json(Array(counters.json.utf8))
        case ("GET", "changes"):
            let list = (portalChanges.map(\.json) + infobaseChanges.map(\.json))
                .joined(separator: ",")
            return .json(Array("[\(list)]".utf8))
        case ("DELETE", "faults"): clearFaults()
        case ("DELETE", "counters"): resetCounters()
        case ("DELETE", "limits"):
            forgetCalls()
            forgetSessions()
        case ("DELETE", "changes"):
            forgetPortalChanges()
            forgetInfobaseChanges()
        case ("POST", "faults"): inject(try Self.rule(body))
        case ("POST", "mix"):
            inject(try FaultMix(text: body["mix"]?.text ?? ""))
        case ("POST", "switches"):
            let isInfobase = { name in InfobaseOptions.switches.contains { $0.name == name } }
            let values = body.entries.filter { !isInfobase($0.key) }
            var infobase = infobase.options
            for (name, value) in body.entries where isInfobase(name) {
                try infobase.set(name, to: value.text ?? "")
            }
            try portal.settings.change { (options) throws(SandboxTextError) in
                for (name, value) in values { try options.set(name, to: value.text ?? "") }
            }
            self.infobase.options = infobase
        case ("POST", "nights"):
            guard let seed = UInt64(body["seed"]?.text ?? "") else {
                throw SandboxTextError("a night needs a seed, such as {\"seed\":\"7\"}")
            }
            applyChanges(seed: seed)
        case ("GET", "journal"):
            return SandboxReply(
                contentType: "application/jsonl; charset=utf-8", body: world.lastDayJournal)
        case ("POST", "oauth/install"):
            let pair = portal.tokens.pair(portal.settings.now, now: portalNow)
            let oauth = PortalOAuth(
                tokens: portal.tokens, options: portal.settings.now, now: portalNow)
            return .json(Array(oauth.json(pair, origin: request.origin, isRefreshed: true).utf8))
        case ("POST", "oauth/code"):
            return .json(Array("{\"code\":\"\(authorizationCode())\"}".utf8))
        default: return nil
        }
        return .json(Array("{}".utf8))
    }

    private static func rule(_ body: Parameter) throws(SandboxTextError) -> FaultRule {
        if let text = body["rule"]?.text { return try FaultRule(text: text) }
        var text = body["fault"]?.text ?? ""
        for (name, word) in [
            ("system", "system"), ("subject", "on"), ("skip", "skip"), ("times", "times"),
            ("seconds", "seconds"),
        ] {
            if let value = body[name]?.text { text += ",\(word)=\(value)" }
        }
        return try FaultRule(text: text)
    }

    private var faultsJSON: String {
        let (rules, mix) = faults.active
        let met = faults.met.map { "\"\($0.key.rawValue)\":\($0.value)" }.sorted()
        return """
            {"rules":[\(rules.map { "\"\($0.text)\"" }.joined(separator: ","))],\
            "mix":\(mix.map { "\"\($0.text)\"" } ?? "null"),\
            "met":{\(met.joined(separator: ","))}}
            """
    }

    private var switchesJSON: [UInt8] {
        var writer = ByteWriter(capacity: 16_384)
        writer.byte(UInt8(ascii: "{"))
        Self.write(portal.settings.now, to: &writer)
        Self.write(infobase.options, to: &writer)
        writer.dropLast(UInt8(ascii: ","))
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }

    private static func write<Options: SwitchableOptions>(
        _ options: Options, to writer: inout ByteWriter
    ) {
        for item in Options.switches {
            writer.string(item.name)
            writer.raw(":{\"value\":")
            writer.string(item.read(options))
            writer.raw(",\"help\":")
            writer.string(item.help)
            writer.raw(",\"example\":")
            writer.string(item.example)
            writer.raw("},")
        }
    }
}
