internal import Foundation

/// What each person was told of an alert.
extension AlertState {
    /// The alert as one person knows it.
    ///
    /// - Parameter person: What they are known by.
    /// - Returns: The alert with what they were told; they may never have been told anything.
    public func seen(by person: String) -> AlertState {
        var view = self
        view.told = toldEach?[person] ?? Told()
        // Two who were told the same see the same.
        view.toldEach = nil
        return view
    }

    /// Remembers what a person was told.
    mutating func note(_ told: Told, by person: String) {
        toldEach = (toldEach ?? [:]).merging([person: told]) { $1 }
        sumUp()
    }

    /// Forgets what was told to people who are told no more.
    ///
    /// - Parameter people: Who is told.
    public mutating func keepTold(to people: Set<String>) {
        guard let known = toldEach, !known.keys.allSatisfy(people.contains) else { return }
        toldEach = known.filter { people.contains($0.key) }
        sumUp()
    }

    /// Changes what is remembered of everybody.
    mutating func changeTold(_ change: (inout Told) -> Void) {
        toldEach = toldEach?.mapValues { told in
            var told = told
            change(&told)
            return told
        }
        change(&told)
    }

    /// A new incident, of which nobody was told.
    mutating func forgetTold() {
        toldEach = nil
        told = Told()
    }

    /// Whether there is still something to tell somebody of an incident that is over.
    var isUntold: Bool {
        guard let toldEach else { return told.isHeldBack }
        return toldEach.values.contains { $0.isHeldBack || $0.count > 0 && !$0.isOver }
    }

    private mutating func sumUp() {
        let all = toldEach.map { Array($0.values) } ?? []
        told = Told(
            count: all.map(\.count).max() ?? 0, lastAt: all.compactMap(\.lastAt).max(),
            isOver: !all.isEmpty && all.allSatisfy { $0.count == 0 || $0.isOver },
            isHeldBack: all.contains(where: \.isHeldBack),
            isInhibited: all.contains(where: \.isInhibited))
    }
}
