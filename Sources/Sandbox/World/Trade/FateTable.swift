/// What can go wrong with a thing of one kind between the two systems.
protocol TradeFate: Hashable, Sendable, CaseIterable {
    /// Nothing of its own: another thing's link leads to it.
    static var partner: Self { get }
    /// What is left where a night's change did not reach the other system.
    static var arising: Self { get }
    /// Share of the things that meet it.
    func share(_ rates: ErrorRates) -> Double
    /// Whether a second thing, otherwise untouched, plays a part.
    var needsPartner: Bool { get }
    /// Whether somebody may put it right overnight.
    var canBeMended: Bool { get }
}

/// Which things of one kind meet which fate: one at most.
///
/// At least one thing meets each fate whose share is above zero, unless there are too few of them.
struct FateTable<Fate: TradeFate> {
    private var fates: [Int: Fate] = [:]
    /// The partner of each thing that has one.
    private(set) var partners: [Int: Int] = [:]
    private let space: KeySpace
    private let changes: [UInt64]

    /// Draws the fates.
    ///
    /// - Parameters:
    ///   - count: How many things there are.
    ///   - space: Their kind.
    ///   - purpose: A number of the random stream, another for each table of one kind.
    ///   - options: What the world is made from.
    ///   - isTaken: Whether a thing must be left alone.
    init(
        count: Int, space: KeySpace, purpose: Int = 0, options: WorldOptions,
        isTaken: (Int) -> Bool = { _ in false }
    ) {
        self.space = space
        changes = options.changes
        var random = RandomSource(
            seed: options.seed, stream: space.rawValue << 48 | 1 << 47 | UInt64(purpose))
        func free() -> Int? {
            // Where most are taken already, it is better to leave some fates out than to search.
            for _ in 0..<100 where count > 0 {
                let index = random.below(count)
                if fates[index] == nil && !isTaken(index) { return index }
            }
            return nil
        }
        for fate in Fate.allCases {
            let share = fate.share(options.rates)
            guard share > 0 else { continue }
            for _ in 0..<max(1, Int((share * Double(count)).rounded())) {
                guard let index = free() else { break }
                fates[index] = fate
                guard fate.needsPartner else { continue }
                guard let partner = free() else {
                    fates[index] = nil
                    break
                }
                fates[partner] = Fate.partner
                partners[index] = partner
            }
        }
    }

    /// What was planted in a thing at first; `nil` for nothing.
    func planned(_ index: Int) -> Fate? { fates[index] }

    /// What is wrong with a thing after all nights, and how often both sides have changed alike.
    func fate(_ index: Int, nightlyShare: Double = 0.01) -> (fate: Fate?, revisions: Int) {
        var fate = fates[index]
        var revisions = 0
        for seed in changes {
            var change = space.random(index, purpose: 15, seed: seed)
            guard change.chance(nightlyShare) else { continue }
            if let present = fate {
                if present.canBeMended { fate = nil }
            } else if change.chance(0.3) {
                fate = Fate.arising
            } else {
                revisions += 1
            }
        }
        return (fate, revisions)
    }
}
