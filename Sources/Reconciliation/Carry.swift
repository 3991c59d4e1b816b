public import Records

/// Carries findings from one run to the next.
///
/// A finding is *judged* by a run that could have found it. A run that read a side incompletely
/// cannot say that a record is missing there, nor that an id leads nowhere there; such findings are
/// neither resolved nor opened. Everything else is judged in every run, because an
/// incomplete snapshot keeps the records that were not delivered as they were last known.
///
/// | before | found | not found | not judged |
/// | --- | --- | --- | --- |
/// | never | new | – | – |
/// | new, open, reopened | open | resolved | open |
/// | accepted | accepted | resolved | accepted |
/// | resolved | reopened | resolved | resolved |
/// | resolved, but accepted earlier | accepted | resolved | resolved |
///
/// The last row keeps a person's decision: a finding that was accepted, vanished for a night and
/// came back is not asked about again.
///
/// - Parameters:
///   - known: Every finding of the entity from earlier runs, resolved ones included.
///   - found: The findings of this run; of two with one fingerprint the first counts.
///   - certifiedSides: The sides whose snapshots are certified.
/// - Returns: One transition per finding, known or found, in the order of fingerprints. Known
///   findings that stay resolved are left out.
public func carry(
    known: [KnownFinding], found: [Finding], certifiedSides: Set<Side>
) -> [FindingTransition] {
    var current: [FindingFingerprint: Int] = [:]
    current.reserveCapacity(found.count)
    for (index, finding) in found.enumerated() where current[finding.fingerprint] == nil {
        current[finding.fingerprint] = index
    }
    var transitions: [FindingTransition] = []
    transitions.reserveCapacity(max(known.count, found.count))
    for before in known {
        let finding = current.removeValue(forKey: before.fingerprint).map { found[$0] }
        let state: FindingState
        if finding != nil {
            state = before.stateWhenFound
        } else if before.isJudged(certifiedSides: certifiedSides) {
            state = .resolved
        } else {
            // New and reopened are said once, in the run that found it.
            state = before.state == .accepted ? .accepted : .open
        }
        guard finding != nil || before.state != .resolved else { continue }
        transitions.append(
            FindingTransition(
                fingerprint: before.fingerprint, from: before.state, to: state, finding: finding))
    }
    for index in current.values {
        transitions.append(
            FindingTransition(
                fingerprint: found[index].fingerprint, from: nil, to: .new, finding: found[index]))
    }
    transitions.sort { $0.fingerprint < $1.fingerprint }
    return transitions
}

extension KnownFinding {
    /// Where a finding stands that is found again.
    fileprivate var stateWhenFound: FindingState {
        if isAccepted || state == .accepted { return .accepted }
        return state == .resolved ? .reopened : .open
    }

    /// Whether a run could have found it.
    fileprivate func isJudged(certifiedSides: Set<Side>) -> Bool {
        switch (kind, side) {
        case (.missing, let side?): certifiedSides.contains(side)
        case (.brokenLink, let side?) where reason == FindingReason.pointsNowhere:
            certifiedSides.contains(side.other)
        default: true
        }
    }
}
