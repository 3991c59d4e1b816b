internal import Collection

/// Calls methods of one portal in one reading.
actor PortalClient {
    let webhook: Webhook
    private let pipeline: RequestPipeline
    /// How long each method's operating time needs to come back, by its last answer.
    private var resets: [String: Duration] = [:]
    /// Commands in a batch; a portal that cannot do so many in its time gets fewer from then on.
    private(set) var batchSize = 50

    init(webhook: Webhook, pipeline: RequestPipeline) {
        self.webhook = webhook
        self.pipeline = pipeline
    }

    var traffic: Traffic { get async { await pipeline.traffic } }

    /// The method and the portal, as messages name them.
    private nonisolated func subject(_ method: String) -> String { "\(method) of \(webhook.host)" }

    /// Calls one method.
    func call(
        _ method: String, parameters: @Sendable (inout JSONWriter) -> Void = { _ in }
    ) async throws -> PortalAnswer {
        var writer = JSONWriter()
        writer.object(parameters)
        let request = request(method, body: writer.utf8)
        let (webhook, reset) = (webhook, resets[method])
        let answer = try await pipeline.send(subject(method), request: { _ in request }) {
            try PortalAnswer($0, method: method, webhook: webhook, reset: reset)
        }
        if let reset = answer.root["time"].flatMap(Self.reset) { resets[method] = reset }
        return answer
    }

    /// Runs commands one after another in one request, under the keys `c0`, `c1` ….
    ///
    /// - Parameters:
    ///   - method: The commands' method, for messages.
    ///   - commands: At most ``batchSize``.
    ///   - judge: Reads the answer; throws ``RefusedAnswer`` when it cannot be used.
    /// - Returns: What `judge` made of the answer.
    /// - Throws: ``CollectionError`` of the last try.
    func batch<Value: Sendable>(
        _ method: String, _ commands: [BatchCommand],
        judge: @Sendable (BatchAnswer) throws(RefusedAnswer) -> Value
    ) async throws -> Value {
        precondition(commands.count <= 50, "a batch holds 50 commands")
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("halt")
            writer.write(0)
            writer.name("cmd")
            writer.object { writer in
                for (number, command) in commands.enumerated() {
                    writer.name("c\(number)")
                    writer.write(command.text)
                }
            }
        }
        let request = request("batch", body: writer.utf8)
        let (webhook, count) = (webhook, commands.count)
        // A large batch that meets silence is given up soon, so that a smaller one can be tried.
        let unreachableTries = count > 10 ? 2 : nil
        return try await pipeline.send(
            subject(method), unreachableTries: unreachableTries, request: { _ in request }
        ) {
            let answer = BatchAnswer(
                try PortalAnswer($0, method: method, webhook: webhook).result)
            for number in 0..<count {
                if case .missing = answer["c\(number)"] {
                    throw RefusedAnswer.transient(
                        CollectionError(
                            .malformed,
                            "\(webhook.host) left command \(number + 1) of \(count) (\(method)) "
                                + "unanswered. Nothing of the batch was taken; run later."))
                }
            }
            return try judge(answer)
        }
    }

    /// Asks less in a batch from now on: 50, 25, 10.
    ///
    /// - Returns: Whether it could be made smaller.
    func shrinkBatches() -> Bool {
        guard batchSize > 10 else { return false }
        batchSize = batchSize > 25 ? 25 : 10
        return true
    }

    private func request(_ method: String, body: [UInt8]) -> HTTPRequest {
        HTTPRequest(
            method: "POST", url: webhook.url(of: method),
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json"),
                ("User-Agent", "sverka/1"),
            ], body: body)
    }

    /// How long until the method's operating time is given back, by the portal's own clock.
    private static func reset(_ time: JSONValue) -> Duration? {
        guard let until = time["operating_reset_at"]?.integer,
            let now = time["finish"]?.scalarText.flatMap({ Int64($0.prefix { $0 != "." }) })
        else { return nil }
        return .seconds(min(600, max(1, until - now)))
    }
}
