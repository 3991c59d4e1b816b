internal import Synchronization

/// Something about a system's behaviour that can be set by name, from the command line or while it
/// runs.
public struct SandboxSwitch<Options>: Sendable {
    /// The name, in words joined by hyphens.
    public let name: String
    /// What it does and which values there are.
    public let help: String
    /// A value other than the usual one.
    public let example: String

    /// The value as text.
    let read: @Sendable (Options) -> String
    /// Sets the value; `false` when the text is none.
    let write: @Sendable (inout Options, String) -> Bool
}

/// Options that have switches.
public protocol SwitchableOptions: Sendable {
    /// Everything that can be set by name, in the order in which it is listed.
    static var switches: [SandboxSwitch<Self>] { get }
}

extension SwitchableOptions {
    /// Sets a switch.
    ///
    /// - Throws: ``SandboxTextError`` when there is no such switch or the value is none of its.
    public mutating func set(_ name: String, to value: String) throws(SandboxTextError) {
        guard let found = Self.switches.first(where: { $0.name == name }) else {
            throw SandboxTextError(
                "no switch is called '\(name)'; there are "
                    + Self.switches.map(\.name).joined(separator: ", "))
        }
        guard found.write(&self, value) else {
            throw SandboxTextError("'\(value)' is no value of '\(name)': \(found.help)")
        }
    }

    /// Sets a switch as a person writes it: `name=value`.
    ///
    /// - Throws: ``SandboxTextError`` when there is no such switch or the value is none of its.
    public mutating func set(_ text: String) throws(SandboxTextError) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else {
            throw SandboxTextError("'\(text)' is not written as name=value")
        }
        try set(String(halves[0]), to: String(halves[1]))
    }
}

extension SandboxSwitch {
    /// A switch that is on or off.
    static func flag(
        _ name: String, _ help: String, _ path: any (WritableKeyPath<Options, Bool> & Sendable)
    ) -> SandboxSwitch {
        SandboxSwitch(
            name: name, help: help + " (on or off)", example: "on",
            read: { $0[keyPath: path] ? "on" : "off" },
            write: { options, text in
                guard ["on", "off"].contains(text) else { return false }
                options[keyPath: path] = text == "on"
                return true
            })
    }

    /// A switch with a few values.
    static func choice<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
        _ name: String, _ help: String, _ example: Value,
        _ path: any (WritableKeyPath<Options, Value> & Sendable)
    ) -> SandboxSwitch {
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return SandboxSwitch(
            name: name, help: "\(help) (\(names))", example: example.rawValue,
            read: { $0[keyPath: path].rawValue },
            write: { options, text in
                guard let value = Value(rawValue: text) else { return false }
                options[keyPath: path] = value
                return true
            })
    }

    /// A number, 0 or more.
    static func number(
        _ name: String, _ help: String, _ example: String,
        _ path: any (WritableKeyPath<Options, Double> & Sendable), isSigned: Bool = false
    ) -> SandboxSwitch {
        SandboxSwitch(
            name: name, help: help, example: example, read: { "\($0[keyPath: path])" },
            write: { options, text in
                guard let value = Double(text), isSigned || value >= 0 else { return false }
                options[keyPath: path] = value
                return true
            })
    }

    /// A number, 0 or more, or a word for none.
    static func optionalNumber(
        _ name: String, _ help: String, _ example: String, none: String,
        _ path: any (WritableKeyPath<Options, Double?> & Sendable)
    ) -> SandboxSwitch {
        SandboxSwitch(
            name: name, help: "\(help); '\(none)' for none", example: example,
            read: { $0[keyPath: path].map { "\($0)" } ?? none },
            write: { options, text in
                guard text != none else {
                    options[keyPath: path] = nil
                    return true
                }
                guard let value = Double(text), value >= 0 else { return false }
                options[keyPath: path] = value
                return true
            })
    }

    /// Any text.
    static func text(
        _ name: String, _ help: String, _ example: String,
        _ path: any (WritableKeyPath<Options, String> & Sendable)
    ) -> SandboxSwitch {
        SandboxSwitch(
            name: name, help: help, example: example, read: { $0[keyPath: path] },
            write: { options, text in
                options[keyPath: path] = text
                return true
            })
    }

    /// Words with commas between them.
    static func words(
        _ name: String, _ help: String, _ example: String,
        _ path: any (WritableKeyPath<Options, [String]> & Sendable)
    ) -> SandboxSwitch {
        SandboxSwitch(
            name: name, help: help, example: example,
            read: { $0[keyPath: path].joined(separator: ",") },
            write: { options, text in
                options[keyPath: path] = text.split(separator: ",").map(String.init)
                return true
            })
    }
}

/// Options that can change while the servers run.
final class OptionBox<Options: Sendable>: Sendable {
    private let options: Mutex<Options>

    init(_ options: Options) { self.options = Mutex(options) }

    /// The options now.
    var now: Options { options.withLock { $0 } }

    /// Changes the options.
    func change<Failure: Error>(
        _ change: (inout Options) throws(Failure) -> Void
    ) throws(Failure) {
        let result: Result<Void, Failure> = options.withLock { options in
            var changed = options
            do throws(Failure) {
                try change(&changed)
                options = changed
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
