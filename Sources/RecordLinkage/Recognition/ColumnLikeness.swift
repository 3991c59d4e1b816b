import Records

/// How likely it is that two columns say the same, by their headers, their types and their values.
struct ColumnLikeness {
    /// 0 and more; pairs below ``least`` have nothing to do with each other.
    let score: Double
    /// How much of the one's values the other has, of those that should be seen, 0 to 1.
    let sharedKeys: Double

    /// The least score of a pair.
    static let least = 0.2

    /// Compares two columns.
    ///
    /// - Parameters:
    ///   - a: A column of the left table.
    ///   - b: One of the right table.
    ///   - trustsHeaders: Whether headers say anything: of ids they do not.
    init(_ a: ColumnProfile, _ b: ColumnProfile, trustsHeaders: Bool = true) {
        let (first, second) = (a.headerWords, b.headerWords)
        let isSame = trustsHeaders && first.words == second.words && !first.words.isEmpty
        var header = isSame ? 0.6 : 0.0
        if trustsHeaders, !isSame {
            let topic: Double = first.topic != nil && first.topic == second.topic ? 0.3 : 0
            header = max(topic, 0.4 * first.share(with: second))
        }
        sharedKeys = Self.sharedKeys(a, b)
        guard isSame || Self.areOfAKind(a, b, sharedKeys, isNamed: header > 0) else {
            score = 0
            return
        }
        let content = max(Self.sharedWords(a, b), sharedKeys)
        let sameType = a.type == b.type && a.isAmount == b.isAmount
        // Types that a check or a form proves are of one kind even where samples share no value.
        let isProven = sameType && Self.proven.contains(a.type)
        score = header + 0.6 * content + (isProven ? 0.3 : sameType ? 0.05 : 0)
    }

    private static let proven: Set<FieldType> = [
        .taxID, .kpp, .phone, .email, .address, .organizationName,
    ]
    private static let texts: Set<FieldType> = [.text, .organizationName, .personName, .address]

    /// Whether values of the one could stand in the other.
    private static func areOfAKind(
        _ a: ColumnProfile, _ b: ColumnProfile, _ sharedKeys: Double, isNamed: Bool
    ) -> Bool {
        // Small numbers of any two things are the same ones.
        if a.isNumeric, b.isNumeric {
            return isNamed || sharedKeys > 0.3 || sharedWords(a, b) > 0.5
        }
        if [a, b].contains(where: \.isYear), [a, b].contains(where: { $0.type == .date }) {
            return true
        }
        if a.isAmount != b.isAmount { return sharedKeys > 0.3 }
        if a.type == b.type { return true }
        return texts.contains(a.type) && texts.contains(b.type) || sharedKeys > 0.3
    }

    /// How much of their words columns have in common, as against what halves of one have.
    ///
    /// Where one column has a few words and the other many, that is little, although the one's may all
    /// be among the other's.
    private static func sharedWords(_ a: ColumnProfile, _ b: ColumnProfile) -> Double {
        min(1, a.words.overlap(with: b.words) / max(leastOverlap, a.ownOverlap, b.ownOverlap))
    }

    /// Columns in which hardly a word comes twice say little by those that do.
    private static let leastOverlap = 0.25

    /// How many values of the one are among the other's, of those that would be if all were.
    ///
    /// Of large tables only some rows were looked at: a value's counterpart need not be among them.
    private static func sharedKeys(_ a: ColumnProfile, _ b: ColumnProfile) -> Double {
        let (fewer, more) = a.keys.count < b.keys.count ? (a, b) : (b, a)
        // What is compared in different ways has no value in common.
        guard a.type == b.type || !(ofOwnForm.contains(a.type) || ofOwnForm.contains(b.type))
        else { return 0 }
        // A few values are shared by columns that have nothing to do with each other.
        guard fewer.keys.count >= leastKeys, !fewer.isCategory, !more.isCategory else { return 0 }
        let seen = Double(more.rowCount) / Double(max(1, more.tableRows))
        let repeats = Double(more.filledCount) / Double(max(1, more.distinctCount))
        let expected = Double(fewer.keys.count) * min(1, seen * repeats)
        let shared = fewer.keys.count { more.keys.contains($0) }
        return shared < leastShared ? 0 : min(1, Double(shared) / max(1, expected))
    }

    private static let ofOwnForm: Set<FieldType> = [.date, .phone, .email]
    private static let leastKeys = 20
    private static let leastShared = 5
}

extension ColumnProfile {
    /// How much of the words of one of two texts the longer one has, where that is most of them.
    func containment(of other: ColumnProfile) -> Double {
        let (short, long) = wordsPerValue < other.wordsPerValue ? (self, other) : (other, self)
        guard
            [type, other.type].allSatisfy({ [.text, .address, .organizationName].contains($0) }),
            !isNumeric, !other.isNumeric, long.wordsPerValue > short.wordsPerValue + 1,
            short.distinctCount >= 10
        else { return 0 }
        let share = short.words.share(where: long.words.has)
        return share > 0.7 ? share : 0
    }
}
