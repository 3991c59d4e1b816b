internal import Foundation

extension FittedModel {
    /// A shipped model, believed half: what other records taught is no more than a good guess here.
    ///
    /// The shares among matches move half way to what is expected of any records, so that a field
    /// that never differs there may differ here. No agreement but an exact one is taken to be rarer
    /// than one in a hundred thousand, and rarity is not corrected. A weaker agreement never weighs
    /// more than a stronger one.
    func softened(for comparisons: [any PreparedComparison]) -> FittedModel {
        var model = self
        for (index, comparison) in comparisons.enumerated() {
            let (own, schemes) = (model.comparisons[index], comparison.levels)
            model.comparisons[index].levels = Self.softened(own.levels, schemes)
            model.comparisons[index].levelsGivenName = Self.softened(own.levelsGivenName, schemes)
        }
        return model
    }

    private static let rarest = 1e-5

    private static func softened(_ levels: [Level], _ schemes: [LevelScheme]) -> [Level] {
        var softened = levels
        for (index, level) in levels.enumerated() {
            let scheme = schemes[index]
            let group = schemes.filter { $0.group == scheme.group }
            let expected = scheme.expected / group.reduce(0) { $0 + $1.expected }
            let m = (level.m + expected) / 2
            var bits = level.weightBits + log2(m / level.m)
            if !scheme.isExact { bits = min(bits, log2(m / max(level.u, rarest))) }
            if index > 0, schemes[index - 1].group == scheme.group {
                bits = min(bits, softened[index - 1].weightBits)
            }
            softened[index].m = m
            softened[index].weightBits = bits
            softened[index].rarityCorrections = []
        }
        return softened
    }
}
