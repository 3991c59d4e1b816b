internal import Collection
internal import Records

/// Calls methods of one portal in one reading.
actor PortalClient {
    /// What messages call the portal.
    nonisolated let host: String
    private let access: any PortalAccess
    private let pipeline: RequestPipeline
    private var address: PortalAddress
    private let operating: OperatingTime
    /// How long each method's operating time needs to come back, by its last answer.
    private var resets: [String: Duration] = [:]
    /// Commands in a batch; a portal that cannot do so many in its time gets fewer from then on.
    private(set) var batchSize = 50
    /// What a person should know of this reading.
    private(set) var remarks: [String] = []
    /// What speaks against the completeness of lists that were read, of records or of names alike.
    private(set) var doubts: [Certificate.Doubt] = []
    /// What the portal told ahead of time, by the command that asks for it.
    var told: [String: PortalReply] = [:]

    init(
        access: any PortalAccess, pipeline: RequestPipeline, operating: OperatingTime
    ) {
        host = access.host
        self.access = access
        self.pipeline = pipeline
        self.operating = operating
        address = PortalAddress(base: access.portal)
    }

    var traffic: Traffic { get async { await pipeline.traffic } }

    /// Notes what speaks against the completeness of a list.
    func doubt(_ doubt: Certificate.Doubt) { doubts.append(doubt) }

    // MARK: Calls

    /// Calls one method.
    func call(
        _ method: String, container: String? = nil,
        parameters: @Sendable (inout JSONWriter) -> Void = { _ in }
    ) async throws -> PortalAnswer {
        let answer = try await send(
            method, subject: method, charged: [method], container: container,
            parameters: parameters
        ) { $0 }
        note(answer.root["time"], of: method)
        return answer
    }

    /// Asks for one page of a list.
    func list(_ request: ListRequest) async throws -> PortalAnswer {
        try await call(request.method.name, container: request.method.container) {
            request.write(to: &$0)
        }
    }

    /// Asks for what the portal may not know or not give.
    func refusable(_ request: ListRequest) async throws -> PortalReply? {
        do {
            return try await reply(to: request)
        } catch is UnknownMethod {
            return nil
        } catch let error as CollectionError where error.kind == .refused {
            return nil
        }
    }

    /// The number of rows by the portal's own count, and the greatest id; `nil` when it does not
    /// tell.
    ///
    /// - Parameters:
    ///   - request: The list.
    ///   - id: The member that holds a row's id.
    ///   - isNow: Whether it has to be told now, and not ahead of time.
    /// - Returns: Both.
    /// - Throws: ``CollectionError``, or ``UnknownMethod``, when the portal refuses.
    func count(
        _ request: ListRequest, id: String, isNow: Bool
    ) async throws -> (total: Int?, greatest: Int64?) {
        let request = request.counting(by: id)
        let reply: PortalReply
        do {
            reply = try await isNow ? replyNow(to: request) : countingReply(to: request)
        } catch is BrokenText {
            return (nil, nil)
        }
        let rows = request.method.rows(in: reply.result) ?? []
        let greatest = rows.compactMap { $0[id]?.integer }.max()
        guard let total = reply.total, total > 0 || rows.isEmpty else { return (nil, greatest) }
        return (total, greatest)
    }

    /// What people call the access: `webhook`, `application`.
    var kind: String { access.kind }

    /// Whether the owner sees everything; `nil` when an old box cannot tell.
    func isAdministrator() async throws -> Bool? {
        do {
            return try await reply(to: .profile).result["ADMIN"]?.boolean
        } catch is UnknownMethod {
            return nil
        }
    }

    /// The scopes that are granted, or all that the portal has.
    func scopes(full: Bool) async throws -> [String] {
        guard full else {
            return (try await reply(to: .scopes).result.rows ?? []).compactMap(\.string)
        }
        let answer = try await call("scope") { writer in
            writer.name("full")
            writer.write(true)
        }
        return (answer.result.rows ?? []).compactMap(\.string)
    }

    /// Runs commands one after another in one request, under the keys `c0`, `c1` ….
    ///
    /// - Parameters:
    ///   - method: The commands' method, for messages and for the time that it takes.
    ///   - commands: At most ``batchSize``.
    ///   - judge: Reads the answer; throws ``RefusedAnswer`` when it cannot be used.
    /// - Returns: What `judge` made of the answer.
    /// - Throws: ``CollectionError`` of the last try.
    func batch<Value: Sendable>(
        _ method: String, _ commands: [BatchCommand],
        judge: @Sendable (BatchAnswer) throws(RefusedAnswer) -> Value
    ) async throws -> Value {
        precondition(commands.count <= 50, "a batch holds 50 commands")
        let (host, count) = (host, commands.count)
        let (value, root) = try await send(
            "batch", subject: method, charged: [method, "batch"],
            // A large batch that meets silence is given up soon, so that a smaller one can be tried.
            unreachableTries: count > 10 ? 2 : nil,
            parameters: { BatchCommand.write(commands, to: &$0) }
        ) { portalAnswer in
            let answer = BatchAnswer(portalAnswer.result)
            for number in 0..<count {
                if case .missing = answer["c\(number)"] {
                    throw RefusedAnswer.transient(
                        CollectionError(
                            .malformed,
                            "\(host) left command \(number + 1) of \(count) (\(method)) "
                                + "unanswered. Nothing of the batch was taken; run later."))
                }
            }
            return (try judge(answer), portalAnswer.root)
        }
        note(root["time"], of: "batch")
        noteCommands(root["result"]?["result_time"]?.rows ?? [], of: method)
        return value
    }

    /// Asks less in a batch from now on: 50, 25, 10.
    ///
    /// - Returns: Whether it could be made smaller.
    func shrinkBatches() -> Bool {
        guard batchSize > 10 else { return false }
        batchSize = batchSize > 25 ? 25 : 10
        return true
    }

    // MARK: Sending

    /// Sends one call, with a new token or to a new address where the portal asks for it.
    func send<Value: Sendable>(
        _ method: String, subject: String, charged: [String], container: String? = nil,
        unreachableTries: Int? = nil, parameters: @Sendable (inout JSONWriter) -> Void,
        judge: @Sendable (PortalAnswer) throws -> Value
    ) async throws -> Value {
        try await waitForOperatingTime(of: charged)
        var rejected: String?
        var moves = 0
        while true {
            let token = try await access.token(afterRejected: rejected)
            let request = request(method, token: token, parameters: parameters)
            let question = PortalAnswer.Question(
                method: subject, host: host, container: container,
                secrets: access.secrets + (token.map { [$0] } ?? []), reset: resets[subject])
            do {
                return try await pipeline.send(
                    "\(subject) of \(host)", unreachableTries: unreachableTries,
                    request: { _ in request }
                ) { try judge(try PortalAnswer($0, to: question)) }
            } catch let moved as PortalMoved {
                moves += 1
                try follow(moved, method: method, moves: moves)
            } catch let expired as ExpiredToken {
                guard token != nil, rejected == nil else { throw expired.error }
                rejected = token
            }
        }
    }

    private func request(
        _ method: String, token: String?, parameters: (inout JSONWriter) -> Void
    ) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { writer in
            parameters(&writer)
            if let token {
                // In the body, since addresses are written into logs on the way.
                writer.name("auth")
                writer.write(token)
            }
        }
        return HTTPRequest(
            method: "POST", url: address.base + access.path(of: method),
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json"),
                ("User-Agent", "sverka/1"),
            ], body: writer.utf8)
    }

    /// Goes to the address that the portal names, if the way is as safe as before.
    private func follow(_ moved: PortalMoved, method: String, moves: Int) throws {
        let target = PortalAddress.host(of: moved.location)
        let next = address.moved(to: moved.location, path: access.path(of: method))
        guard let next, next.isSecure, address.isSecure, moves <= 3 else {
            throw CollectionError(
                .misconfigured,
                "\(host) sends on to \(target). If the portal was renamed, write its new address "
                    + "into the configuration.")
        }
        address = next
        remarks.append(
            "\(host) sends on to \(target), which was read. Write the new address into the "
                + "configuration if the portal was renamed; if nobody renamed it, make a new "
                + "\(access.kind), since the old one's secret went there.")
    }

    // MARK: Operating time

    private func waitForOperatingTime(of methods: [String]) async throws {
        let pause = methods.map { operating.pause(before: $0) }.max() ?? .zero
        if pause > .zero { try await pipeline.wait(for: pause) }
    }

    /// Notes the commands of a batch: the last one tells the sum of all, and how far it is from the
    /// first what they have cost.
    func noteCommands(_ times: [JSONValue], of method: String) {
        let sums = times.compactMap(Self.operating)
        var cost = 0.0
        if let least = sums.min(), let greatest = sums.max(), sums.count > 1 {
            // The first command's own cost is not in the difference.
            cost = (greatest - least) * Double(sums.count) / Double(sums.count - 1)
        }
        let last = times.max { Self.operating($0) ?? 0 < Self.operating($1) ?? 0 }
        note(last, of: method, costing: cost)
    }

    func note(_ time: JSONValue?, of method: String, costing cost: Double = 0) {
        guard let time else { return }
        if let sum = Self.operating(time) { operating.note(sum, of: method, costing: cost) }
        if let reset = Self.reset(time) { resets[method] = reset }
    }

    private static func operating(_ time: JSONValue) -> Double? {
        time["operating"]?.scalarText.flatMap { Double($0) }
    }

    /// How long until the method's operating time is given back, by the portal's own clock.
    private static func reset(_ time: JSONValue) -> Duration? {
        guard let until = time["operating_reset_at"]?.integer,
            let now = time["finish"]?.scalarText.flatMap({ Int64($0.prefix { $0 != "." }) })
        else { return nil }
        return .seconds(min(600, max(1, until - now)))
    }
}
