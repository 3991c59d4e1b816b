internal import RecordLinkage
internal import Storage

extension PairVerdict {
    /// What it says to linking.
    var known: KnownPair {
        KnownPair(pair.firstSide, pair.first, pair.secondSide, pair.second, isSame: areSame)
    }
}
