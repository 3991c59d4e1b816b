internal import Foundation

/// Why a model cannot weigh some records.
public enum ModelMisfit: Error, Hashable, Sendable, Codable {
    /// The records have values for a comparison that the model does not know.
    case comparisonUnknown(String)
    /// A comparison has other levels than the model.
    case levelsDiffer(String)
}

extension FittedModel {
    /// The model for other records: comparisons in their order, priors for their number.
    ///
    /// Priors are kept as shares, of records with a counterpart and of records with a duplicate, as a
    /// random pair of a million records is much less likely one thing than of a hundred.
    ///
    /// - Parameters:
    ///   - comparisons: What the records are compared by; comparisons of the model without a place
    ///     among them are left out.
    ///   - leftRecords: How many left records there are.
    ///   - rightRecords: How many right ones; 0 where there is one source.
    ///   - origin: What to call the model.
    /// - Returns: The model to weigh with.
    /// - Throws: ``ModelMisfit`` when a comparison is not known, or known otherwise.
    func reused(
        for comparisons: [any PreparedComparison], leftRecords: Int, rightRecords: Int,
        origin: Origin
    ) throws(ModelMisfit) -> FittedModel {
        var model = self
        model.comparisons = []
        model.relatives?.levelBits = []
        for comparison in comparisons {
            guard let place = self.comparisons.firstIndex(where: { $0.name == comparison.name })
            else { throw .comparisonUnknown(comparison.name) }
            let known = self.comparisons[place]
            guard known.levels.map(\.name) == comparison.levels.map(\.name) else {
                throw .levelsDiffer(comparison.name)
            }
            model.comparisons.append(known)
            if let relatives { model.relatives?.levelBits.append(relatives.levelBits[place]) }
        }
        if origin == .shipped { model = model.softened(for: comparisons) }
        model.origin = origin
        (model.leftRecords, model.rightRecords) = (leftRecords, rightRecords)
        guard self.leftRecords != leftRecords || self.rightRecords != rightRecords else {
            return model
        }
        let isSingle = rightRecords == 0
        let wasSingle = self.rightRecords == 0
        let left = Self.within(leftRecords) / Self.within(self.leftRecords)
        let right =
            Self.within(rightRecords)
            / Self.within(wasSingle ? self.leftRecords : self.rightRecords)
        let across =
            Self.across(leftRecords, rightRecords)
            / (wasSingle
                ? Self.within(self.leftRecords)
                : Self.across(self.leftRecords, self.rightRecords))
        model.leftPrior = min(0.5, leftPrior * left)
        model.rightPrior = min(0.5, rightPrior * right)
        model.prior = isSingle ? model.leftPrior : min(0.5, prior * across)
        if let relatives {
            model.relatives?.leftPrior = min(0.5, relatives.leftPrior * left)
            model.relatives?.rightPrior = min(0.5, relatives.rightPrior * right)
            model.relatives?.prior = min(
                0.5, isSingle ? relatives.leftPrior * left : relatives.prior * across)
        }
        return model
    }

    /// The prior of a pair within one side where each record has one duplicate.
    private static func within(_ count: Int) -> Double { 2 / Double(max(1, count - 1)) }

    /// The prior of a pair across the sides where each record of the smaller has its counterpart.
    private static func across(_ left: Int, _ right: Int) -> Double {
        1 / Double(max(1, max(left, right)))
    }

    /// Whether all numbers of the model are what they are taken for: one that was edited or damaged
    /// would weigh everything wrongly, or stop the engine.
    public var isSound: Bool {
        let priors = [prior, leftPrior, rightPrior]
        guard priors.allSatisfy({ $0 > 0 && $0 <= 0.5 }) else { return false }
        for comparison in comparisons {
            let (levels, given) = (comparison.levels, comparison.levelsGivenName)
            guard given.isEmpty || given.count == levels.count else { return false }
            guard levels.allSatisfy(\.isSound), given.allSatisfy(\.isSound) else { return false }
        }
        return relatives.map { $0.isSound(beside: comparisons) } ?? true
    }

    /// The fewest matches that teach what matches look like.
    public static let fewestMatches = 30.0

    /// Why the records cannot have taught this model; `nil` when they can.
    func refusal(possiblePairs: Double) -> TrainingRefusal? {
        let matches = prior * possiblePairs
        guard matches >= Self.fewestMatches else {
            return .tooFewMatches(expected: Int(matches.rounded()))
        }
        let strongest = comparisons.flatMap(\.levels).map(\.weightBits).max() ?? 0
        return strongest < 2 ? .nothingTells : nil
    }
}

/// Why records cannot teach a model.
public enum TrainingRefusal: Hashable, Sendable, Codable {
    /// So few pairs seem to be the same thing that weights would be guesses.
    case tooFewMatches(expected: Int)
    /// No comparison tells matches from other pairs.
    case nothingTells
}

extension Relatives {
    fileprivate func isSound(beside comparisons: [FittedModel.Comparison]) -> Bool {
        levelBits.map(\.count) == comparisons.map(\.levels.count)
            && levelBits.joined().allSatisfy(\.isFinite)
            && [prior, leftPrior, rightPrior].allSatisfy { $0 > 0 && $0 <= 0.5 }
    }
}

extension FittedModel.Level {
    fileprivate var isSound: Bool {
        guard m > 0, m <= 1, u > 0, u.isFinite, weightBits.isFinite else { return false }
        guard averageInformation?.isFinite != false else { return false }
        return [0, 32].contains(rarityCorrections.count) && rarityCorrections.allSatisfy(\.isFinite)
    }
}
