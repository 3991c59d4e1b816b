internal import Synchronization

/// One of the two systems that the sandbox plays.
public enum SandboxSystem: String, Hashable, Sendable, CaseIterable {
    /// The portal.
    case bitrix24
    /// The infobase.
    case onec
}

/// Something that goes wrong on the way, as it does in life.
public enum SandboxFault: String, Hashable, Sendable, CaseIterable {
    /// A proxy's HTML page with status 502.
    case html502
    /// A body that ends in the middle of a value, although the length fits.
    case truncatedJSON
    /// The connection closes before the whole body was sent.
    case reset
    /// The connection closes before anything was sent.
    case dropped
    /// A list ignores filter and start and gives its first page again.
    case repeatedPage
    /// A batch that answers with five empty maps (Bitrix24).
    case emptyBatch
    /// Sessions are blocked for maintenance: 403 with an application exception (1C).
    case maintenance
    /// The pool of sessions is exhausted: 406 with an application exception (1C).
    case noSession
    /// The server's disk is full: an HTML page with status 500 (1C).
    case diskFull
    /// HTML with status 200 in place of what was asked for.
    case html200
    /// Status 429 of the operating time limit, or of the portal's overload.
    case tooMany
    /// The platform was updated, its web extension was not: 409 with a plain text (1C).
    case versionMismatch
    /// Every licence is taken: 500 with an application exception (1C).
    case noLicence
    /// The body comes in small pieces with pauses.
    case trickle
    /// Somebody adds an object while a set is being read (1C).
    case rowCreated
    /// Somebody deletes an object that the reader has passed already (1C).
    case rowDeleted
    /// Somebody renames an object, so that it moves to another page (1C).
    case rowUpdated
    /// An HTTP service's own code fails: 500 with the text of the exception (1C).
    case handlerException

    /// Whether the systems themselves look after it, not the way out.
    var isInner: Bool {
        switch self {
        case .repeatedPage, .emptyBatch, .rowCreated, .rowDeleted, .rowUpdated: true
        default: false
        }
    }
}

/// A fault, and which requests it meets.
public struct FaultRule: Hashable, Sendable {
    /// What goes wrong.
    public var fault: SandboxFault
    /// Where.
    public var system: SandboxSystem
    /// Part of the method's or the entity set's name, in any case; empty for every request.
    public var subject: String
    /// Requests that pass before the first that is met.
    public var skip: Int
    /// Requests that are met.
    public var times: Int

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - fault: What goes wrong.
    ///   - system: Where.
    ///   - subject: Part of the method's or the entity set's name; empty for every request.
    ///   - skip: Requests that pass before the first that is met.
    ///   - times: Requests that are met.
    public init(
        _ fault: SandboxFault, on system: SandboxSystem, subject: String = "", skip: Int = 0,
        times: Int = 1
    ) {
        self.fault = fault
        self.system = system
        self.subject = subject
        self.skip = skip
        self.times = times
    }
}

/// The faults that are switched on.
final class FaultSwitches: Sendable {
    private let rules = Mutex<[FaultRule]>([])

    /// Switches a fault on.
    func add(_ rule: FaultRule) { rules.withLock { $0.append(rule) } }

    /// Switches all faults off.
    func clear() { rules.withLock { $0.removeAll() } }

    /// Whether a fault meets this request; counts the request.
    func takes(_ fault: SandboxFault, system: SandboxSystem, subject: String) -> Bool {
        first(system: system, subject: subject) { $0 == fault } != nil
    }

    /// The fault on the way out that meets this request, if one does; counts the request.
    func transport(system: SandboxSystem, subject: String) -> SandboxFault? {
        first(system: system, subject: subject) { !$0.isInner }
    }

    private func first(
        system: SandboxSystem, subject: String, _ isWanted: (SandboxFault) -> Bool
    ) -> SandboxFault? {
        let subject = subject.lowercased()
        return rules.withLock { rules in
            for index in rules.indices {
                let rule = rules[index]
                guard isWanted(rule.fault), rule.system == system, rule.times > 0,
                    rule.subject.isEmpty || subject.contains(rule.subject.lowercased())
                else { continue }
                if rule.skip > 0 {
                    rules[index].skip -= 1
                    continue
                }
                rules[index].times -= 1
                return rule.fault
            }
            return nil
        }
    }
}
