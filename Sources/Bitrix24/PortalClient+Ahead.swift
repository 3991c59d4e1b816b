internal import Collection

/// What the portal says to one request.
struct PortalReply: Sendable {
    let result: JSONValue
    /// The number of rows by the portal's own count; `nil` where it tells none.
    let total: Int?
}

/// Methods that a portal does not give.
struct MethodLack: Sendable {
    /// Those that it does not have.
    private(set) var unknown: Set<String> = []
    /// Those that it has, and that no granted scope allows.
    private(set) var ungranted: Set<String> = []

    /// Takes what `method.get` says of a method.
    mutating func note(_ standing: JSONValue, of method: String) {
        if standing["isExisting"]?.boolean == false {
            unknown.insert(method)
        } else if standing["isAvailable"]?.boolean == false {
            ungranted.insert(method)
        }
    }
}

/// Questions put ahead of time: many small ones take one request.
///
/// Nothing depends on them. What was refused or left unanswered is asked for by itself when it is
/// wanted, so that what a refusal means is decided in one place.
extension PortalClient {
    /// Asks for many things at once, and keeps the answers until the next time.
    ///
    /// What was kept from before is forgotten: it is no longer fresh.
    ///
    /// - Throws: ``CollectionError`` when the portal refuses everything; that it is out of reach, answers
    ///   with nonsense or is at a limit is left to whoever asks next, since a single question takes less.
    func ask(ahead commands: [BatchCommand]) async throws {
        told = [:]
        var seen: Set<String> = []
        var rest = commands.filter { seen.insert($0.text).inserted }[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(batchSize))
            rest = rest.dropFirst(part.count)
            do {
                try await keepAnswers(to: part)
            } catch is UnknownMethod, is BrokenText {
                return
            } catch let error as CollectionError where Self.mayPassAlone(error) {
                return
            }
        }
    }

    /// What the portal told of a request ahead of time, or else what it says now.
    ///
    /// - Throws: ``CollectionError``, ``UnknownMethod`` or ``BrokenText`` when it is refused now.
    func reply(to request: ListRequest) async throws -> PortalReply {
        if let reply = told[request.command.text] { return reply }
        return try await replyNow(to: request)
    }

    /// The same of a count, without whose number an answer is none.
    ///
    /// - Throws: ``CollectionError``, ``UnknownMethod`` or ``BrokenText`` when it is refused now.
    func countingReply(to request: ListRequest) async throws -> PortalReply {
        if let reply = told[request.command.text], reply.total != nil { return reply }
        return try await replyNow(to: request)
    }

    /// What the portal says to a request now.
    ///
    /// - Throws: ``CollectionError``, ``UnknownMethod`` or ``BrokenText`` when it is refused.
    func replyNow(to request: ListRequest) async throws -> PortalReply {
        let answer = try await list(request)
        let total = answer.root["total"]?.integer.flatMap { Int(exactly: $0) }
        return PortalReply(result: answer.result, total: total)
    }

    /// Which of these methods the portal does not give; one that cannot tell gives them all.
    func lack(of methods: [String]) async throws -> MethodLack {
        var (lack, untold): (MethodLack, [String]) = (MethodLack(), [])
        for method in methods.prefix(50) {
            guard let reply = told[BatchCommand.existence(of: method).text] else {
                untold.append(method)
                continue
            }
            lack.note(reply.result, of: method)
        }
        guard !untold.isEmpty else { return lack }
        let (before, asked) = (lack, untold)
        return try await batch("method.get", asked.map(BatchCommand.existence(of:))) { answer in
            var lack = before
            for (number, method) in asked.enumerated() {
                if case .result(let value) = answer["c\(number)"] { lack.note(value, of: method) }
            }
            return lack
        }
    }

    private func keepAnswers(to commands: [BatchCommand]) async throws {
        guard let first = commands.first else { return }
        let methods = Set(commands.map(\.method)).sorted()
        let portalAnswer = try await send(
            "batch", subject: first.method, charged: methods + ["batch"], unreachableTries: 2,
            parameters: { BatchCommand.write(commands, to: &$0) }
        ) { $0 }
        let answer = BatchAnswer(portalAnswer.result)
        var times: [String: [JSONValue]] = [:]
        for (number, command) in commands.enumerated() {
            let key = "c\(number)"
            if let time = portalAnswer.result["result_time"]?[key] {
                times[command.method, default: []].append(time)
            }
            guard case .result(let value) = answer[key] else { continue }
            told[command.text] = PortalReply(result: value, total: answer.total(of: key))
        }
        note(portalAnswer.root["time"], of: "batch")
        for method in methods { noteCommands(times[method] ?? [], of: method) }
    }

    /// Whether a smaller question may be answered where this one was not.
    private static func mayPassAlone(_ error: CollectionError) -> Bool {
        [.unreachable, .malformed, .limited].contains(error.kind)
    }
}

extension BatchCommand {
    /// Asks whether the portal has a method.
    static func existence(of method: String) -> BatchCommand {
        var command = BatchCommand("method.get")
        command.add("name", nil, method)
        return command
    }
}
