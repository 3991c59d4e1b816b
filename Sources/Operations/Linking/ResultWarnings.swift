internal import RecordLinkage
internal import Records

/// What a person should know about how links were found: limits that were reached, and decisions that
/// could not be taken as asked.
struct ResultWarnings {
    private let result: LinkageResult

    init(_ result: LinkageResult) { self.result = result }

    /// Says each as a warning.
    func tell(_ progress: any ProgressDisplay) {
        for text in texts { progress.warn(text) }
    }

    /// The warnings, in English.
    var texts: [String] { limits + blocking + learning + deciding }

    private var limits: [String] {
        result.statistics.appliedLimits.map { limit in
            switch limit.kind {
            case .wordsOfText:
                "\(limit.fields): \(limit.count) texts have more than \(limit.limit) words; what "
                    + "stands after them does not count"
            case .entriesOfIndex:
                "\(limit.fields): for \(limit.count) records the search for the nearest texts was "
                    + "ended after \(limit.limit) entries, rarest pieces first; other rules still "
                    + "find them"
            }
        }
    }

    private var blocking: [String] {
        let statistics = result.statistics
        var texts = statistics.blocking.filter { $0.skippedBlocks > 0 }.map { rule in
            "\(rule.rule): \(rule.skippedBlocks) values that more than \(rule.limit) records "
                + "share (the most: \(rule.largestBlock)) were not used to find pairs; other "
                + "rules still find them"
        }
        if statistics.tiedRecords * 100 > statistics.leftRecords + statistics.rightRecords {
            texts.append(
                "\(statistics.tiedRecords) records have more candidates of one strength than can be "
                    + "compared; only those were that are among the strongest of the other record. A "
                    + "further blocking rule would tell them apart")
        }
        return texts
    }

    private var learning: [String] {
        let (model, outcome) = (result.model, result.statistics.learning)
        var texts: [String] = []
        if let refusal = outcome.refusal {
            let instead =
                outcome.usesFallback
                ? "the weights shipped with Sverka are used"
                : "weights are hardly more than guesses"
            texts.append(
                "the records cannot teach a model: \(refusal.explanation); \(instead). Key rules "
                    + "decide as always; --model FILE takes one learnt from more records")
            if !outcome.usesFallback, let misfit = outcome.misfit {
                texts.append("the shipped weights do not fit: \(misfit.explanation)")
            }
        } else if model.origin == .trained, !model.hasConverged {
            texts.append(
                "the model did not come to rest in \(model.iterations) rounds; look at doubtful "
                    + "pairs with --explain")
        }
        return texts
    }

    private var deciding: [String] {
        let (assignment, contradicted) = (
            result.statistics.assignment, result.statistics.contradictedVerdicts
        )
        var texts = result.statistics.commonValues.map { common in
            "\(common.field): \(common.count) values that very many records have (the most: "
                + "\(common.most)) decide nothing; they are weighed by how common they are"
        }
        if assignment.unresolvedComponents > 0 {
            texts.append(
                "\(assignment.unresolvedComponents) groups of rivals are too large to find the best "
                    + "assignment (the largest has \(assignment.largestComponent) things); there the "
                    + "strongest pairs were taken first")
        }
        if assignment.ties > 0 {
            texts.append(
                "\(assignment.ties) links could be exchanged for others at no loss; they are for "
                    + "review")
        }
        if result.statistics.variedGroups > 0 {
            texts.append(
                "\(result.statistics.variedGroups) groups of duplicates have so many different keys that "
                    + "no more records were let in; look at them first")
        }
        if result.statistics.unconcludedVerdicts > 0 {
            texts.append(
                "\(result.statistics.unconcludedVerdicts) groups of verdicts are too large for all that "
                    + "follows from them; of these only what was decided itself counts")
        }
        for pair in contradicted {
            // Of one file there is but one side.
            let isOfOneSide =
                pair.firstSide == pair.secondSide && result.statistics.rightRecords > 0
            let whose = isOfOneSide ? " of the \(pair.firstSide) side" : ""
            texts.append(
                "the verdict that \(pair.first) and \(pair.second)\(whose) are "
                    + "\(pair.isSame ? "the same" : "different") contradicts later ones and was not "
                    + "followed; take one of them back")
        }
        return texts
    }
}

extension TrainingRefusal {
    /// The reason in words.
    var explanation: String {
        switch self {
        case .tooFewMatches(let expected):
            "some \(expected) pairs seem to be the same thing, at least "
                + "\(Int(FittedModel.fewestMatches)) are needed"
        case .nothingTells: "no comparison tells pairs apart"
        }
    }
}

extension ModelMisfit {
    /// The reason in words.
    var explanation: String {
        switch self {
        case .comparisonUnknown(let name): "it does not know the comparison '\(name)'"
        case .levelsDiffer(let name): "its comparison '\(name)' has other levels"
        }
    }
}
