internal import Collection

/// How long the portal has worked for each method within ten minutes, and how long to pause so that
/// it never blocks one.
///
/// The portal adds up the seconds of a method by webhook, tells the sum with each answer
/// (`time.operating`), and refuses the method for minutes once the sum has passed its limit. What
/// was added when is remembered here; what the portal tells decides.
///
/// Source: the protocol dossier, section 4.2.
struct OperatingLedger: Sendable {
    /// After so long what was added is taken off again: ten minutes, and one for the portal's
    /// counting in whole minutes.
    static let window = Duration.seconds(660)

    private let limit: Double?
    private var costs: [String: [(at: Duration, seconds: Double)]] = [:]
    private var lastCost: [String: Double] = [:]

    /// Makes an empty ledger.
    ///
    /// - Parameter limit: Seconds that a method may work; `nil` where there is no limit.
    init(limit: Double? = 480) { self.limit = limit }

    /// Takes what the portal tells after a call.
    ///
    /// - Parameters:
    ///   - operating: The sum, in seconds.
    ///   - method: What was called.
    ///   - cost: What of it the call itself has cost, as far as its answer tells. The first sum of a
    ///     method is what it had cost before this ledger began, and says nothing of one call.
    ///   - now: When it was told.
    mutating func note(
        _ operating: Double, of method: String, costing cost: Double = 0, at now: Duration
    ) {
        let known = costs[method]
        var list = (known ?? []).filter { $0.at + Self.window > now }
        var sum = list.reduce(0) { $0 + $1.seconds }
        if operating > sum {
            list.append((now, operating - sum))
            let added = known == nil ? min(cost, operating) : operating - sum
            lastCost[method] = max(added, (lastCost[method] ?? 0) / 2)
        }
        while sum > operating, let first = list.first, list.count > 1 {
            sum -= first.seconds
            list.removeFirst()
        }
        costs[method] = list
    }

    /// How long to wait before the next call of a method.
    func pause(before method: String, at now: Duration) -> Duration {
        guard let limit, let list = costs[method] else { return .zero }
        // The next call costs what the last did; a tenth is left for others and for error.
        let room = limit * 0.9 - (lastCost[method] ?? 0)
        var sum = list.filter { $0.at + Self.window > now }.reduce(0) { $0 + $1.seconds }
        var pause = Duration.zero
        for cost in list where sum > room && cost.at + Self.window > now {
            sum -= cost.seconds
            pause = cost.at + Self.window - now
        }
        return pause
    }
}
