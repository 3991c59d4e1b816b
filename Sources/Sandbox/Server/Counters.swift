internal import Synchronization

/// What was asked of the sandbox since it began, or since the counters were set to zero.
public struct SandboxCounters: Hashable, Sendable {
    /// What was asked of one method.
    public struct Method: Hashable, Sendable {
        /// Calls, those inside a batch included.
        public var calls = 0
        /// Rows given.
        public var rows = 0
        /// Calls that were refused by the method itself or for lack of rights.
        public var refused = 0
        /// Seconds charged as operating time.
        public var operatingSeconds = 0.0
    }

    /// Requests of the portal's REST interface.
    public var requests = 0
    /// Those of them that were batches.
    public var batches = 0
    /// Commands inside batches.
    public var commands = 0
    /// Requests of the portal's token endpoint.
    public var tokenRequests = 0
    /// Requests of the infobase.
    public var infobaseRequests = 0
    /// Answers of both systems, by HTTP status; an answer that was cut counts with its status.
    public var statuses: [Int: Int] = [:]
    /// Bytes of answers' bodies.
    public var bytes = 0
    /// What was asked, by method in lower case.
    public var methods: [String: Method] = [:]
    /// How often each fault met a request.
    public var faults: [SandboxFault: Int] = [:]

    /// Makes counters that have counted nothing.
    public init() {}

    /// All as one JSON object, keys in alphabetical order.
    public var json: String {
        func object(_ entries: [(String, String)]) -> String {
            "{"
                + entries.sorted { $0.0 < $1.0 }.map { "\"\($0.0)\":\($0.1)" }
                .joined(separator: ",") + "}"
        }
        let methods = methods.map { name, method in
            (
                name,
                object([
                    ("calls", "\(method.calls)"), ("rows", "\(method.rows)"),
                    ("refused", "\(method.refused)"),
                    ("operating_seconds", "\(method.operatingSeconds)"),
                ])
            )
        }
        return object([
            ("requests", "\(requests)"), ("batches", "\(batches)"), ("commands", "\(commands)"),
            ("token_requests", "\(tokenRequests)"), ("infobase_requests", "\(infobaseRequests)"),
            ("statuses", object(statuses.map { ("\($0.key)", "\($0.value)") })),
            ("bytes", "\(bytes)"), ("methods", object(methods)),
            ("faults", object(faults.map { ($0.key.rawValue, "\($0.value)") })),
        ])
    }
}

/// Counts while both servers run.
final class CounterBox: Sendable {
    private let counters = Mutex(SandboxCounters())

    /// The counters now.
    var now: SandboxCounters { counters.withLock { $0 } }

    /// Changes the counters.
    func count(_ change: (inout SandboxCounters) -> Void) {
        counters.withLock { change(&$0) }
    }

    /// Sets everything to zero.
    func reset() { counters.withLock { $0 = SandboxCounters() } }
}
