/// A line of a command or a control request that cannot be read.
public struct SandboxTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with which text, and what is allowed.
    public var description: String

    init(_ description: String) { self.description = description }
}

extension FaultRule {
    /// Reads a rule as a person writes it: `reset`, `html502,skip=3,times=2`,
    /// `slow,on=crm.company.list,seconds=5`, `maintenance,system=onec`.
    ///
    /// The system is the portal unless the fault is one of the infobase alone.
    ///
    /// - Throws: ``SandboxTextError``, which names the part that was not understood.
    public init(text: String) throws(SandboxTextError) {
        let parts = text.split(separator: ",").map { $0.trimmingPrefix(" ") }
        guard let name = parts.first, let fault = SandboxFault(rawValue: String(name)) else {
            throw SandboxTextError(
                "no fault is called '\(parts.first ?? "")'; the sandbox knows "
                    + SandboxFault.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let isOfInfobase =
            SandboxFault.transient(on: .onec).contains(fault)
            && !SandboxFault.transient(on: .bitrix24).contains(fault)
        self.init(fault, on: isOfInfobase || fault == .diskFull ? .onec : .bitrix24)
        for part in parts.dropFirst() { try set(part) }
    }

    private mutating func set(_ part: Substring) throws(SandboxTextError) {
        let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = halves.count == 2 ? String(halves[1]) : ""
        switch halves[0] {
        case "on": subject = value
        case "system":
            guard let system = SandboxSystem(rawValue: value) else {
                throw SandboxTextError("'\(part)': the systems are bitrix24 and onec")
            }
            self.system = system
        case "skip": skip = try Self.number(value, part)
        case "times": times = try Self.number(value, part)
        case "seconds":
            guard let number = Double(value), number >= 0 else {
                throw SandboxTextError("'\(part)': seconds is a number, 0 or more")
            }
            seconds = number
        default:
            throw SandboxTextError(
                "'\(part)' is no part of a fault; there are on=, system=, skip=, times=, seconds=")
        }
    }

    private static func number(_ value: String, _ part: Substring) throws(SandboxTextError) -> Int {
        guard let number = Int(value), number >= 0 else {
            throw SandboxTextError("'\(part)': a whole number, 0 or more, belongs here")
        }
        return number
    }

    /// The rule as ``init(text:)`` reads it.
    public var text: String {
        var text = "\(fault.rawValue),system=\(system.rawValue)"
        if !subject.isEmpty { text += ",on=\(subject)" }
        text += ",skip=\(skip),times=\(times)"
        return fault == .slow ? text + ",seconds=\(seconds)" : text
    }
}
