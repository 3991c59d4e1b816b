public import Collection
public import Records
public import Sandbox

/// What of a reading a fault can be the reason of.
public struct FaultExplanation: Hashable, Sendable {
    /// A kind of doubt, without its numbers.
    public enum Doubt: String, Hashable, Sendable, CaseIterable {
        /// The counts do not agree, or changed meanwhile.
        case count
        /// Records were left out.
        case skipped
        /// Rights do not suffice.
        case rights
        /// Not everything was given.
        case partial
        /// Far fewer records than before.
        case drop

        /// The kind of a doubt of a certificate.
        public init(_ doubt: Certificate.Doubt) {
            self =
                switch doubt {
                case .countDiffers, .changedWhileReading: .count
                case .suddenDrop: .drop
                case .recordsSkipped: .skipped
                case .rightsLost: .rights
                case .partial: .partial
                }
        }
    }

    /// The doubts to which it can lead.
    public var doubts: Set<Doubt>
    /// The errors with which it can end a reading.
    public var errors: Set<CollectionError.Kind>

    /// What a fault can be the reason of; a new fault has to say so here.
    public init(_ fault: SandboxFault, in system: SandboxSystem) {
        (doubts, errors) =
            system == .bitrix24 ? Self.ofPortal(fault) : Self.ofInfobase(fault)
    }

    private typealias Outcome = (Set<Doubt>, Set<CollectionError.Kind>)

    private static func ofPortal(_ fault: SandboxFault) -> Outcome {
        switch fault {
        case .html502, .html504, .reset, .dropped, .slow, .internalError, .diskFull,
            .handlerException:
            ([], [.unreachable])
        case .html200, .truncatedJSON, .emptyBatch, .lostCommand: ([], [.malformed])
        case .redirected: ([], [.misconfigured])
        case .queryLimit, .tooMany, .overloaded: ([], [.limited])
        // A small list that is refused leaves its names unknown.
        case .expiredToken, .errorEmpty, .errorZero, .errorNumber: ([.rights], [.refused])
        case .errorSentence: ([], [.malformed])
        // What 1C says in place of an answer is no answer of a portal.
        case .maintenance, .noSession, .noLicence: ([], [.malformed])
        case .versionMismatch: ([], [.misconfigured])
        case .trickle: ([], [])
        case .repeatedPage: ([.count, .partial], [.malformed])
        case .staleTotal: ([.count, .partial], [])
        case .wrongEncoding: ([.skipped, .partial], [.malformed])
        case .rowCreated, .rowDeleted, .rowUpdated: ([.count, .partial], [])
        }
    }

    private static func ofInfobase(_ fault: SandboxFault) -> Outcome {
        switch fault {
        case .html502, .html504, .reset, .dropped, .slow, .internalError, .diskFull,
            .handlerException, .queryLimit, .tooMany, .overloaded:
            ([], [.unreachable])
        // A page in place of $metadata is taken for that of a proxy when it stays.
        case .html200: ([], [.malformed, .misconfigured])
        case .truncatedJSON: ([], [.malformed])
        // An answer that no count can be had is taken at its word.
        case .redirected, .errorEmpty, .errorZero, .errorNumber, .errorSentence, .versionMismatch:
            ([.partial], [.misconfigured])
        case .expiredToken: ([], [.refused])
        case .maintenance: ([], [.unreachable])
        case .noSession, .noLicence: ([], [.limited])
        case .repeatedPage: ([.count, .partial, .skipped], [.malformed])
        case .rowCreated, .rowDeleted, .rowUpdated: ([.count, .partial, .skipped], [])
        // These are ways of the portal alone.
        case .emptyBatch, .lostCommand, .staleTotal, .wrongEncoding, .trickle: ([], [])
        }
    }
}
