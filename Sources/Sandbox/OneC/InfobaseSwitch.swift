/// A setting of the infobase that can be changed by name while the sandbox runs.
public struct InfobaseSwitch: Sendable {
    /// The name: `wrong-field`.
    public let name: String
    /// What it does, with its values.
    public let help: String
    private let change: @Sendable (inout InfobaseOptions, String) -> Bool

    /// Changes options.
    ///
    /// - Returns: Whether the value makes sense; otherwise nothing is changed.
    public func set(_ value: String, in options: inout InfobaseOptions) -> Bool {
        change(&options, value)
    }

    /// The switch of a name; `nil` when there is none.
    public static func named(_ name: String) -> InfobaseSwitch? {
        all.first { $0.name == name }
    }

    /// All switches.
    public static let all: [InfobaseSwitch] = [
        choice("configuration", "names of sets and fields", \.configuration),
        names("unpublished", "sets that are not published, after commas; * for all", \.unpublished),
        names("removed-fields", "fields that an update took away: Set.Field,…", \.removedFields),
        names("added-fields", "text fields that an update brought: Set.Field,…", \.addedFields),
        number("metadata-bytes", "bytes to which $metadata is filled up", \.metadataByteCount),
        flag(
            "empty-composition-404", "whether a publication without sets is 404",
            \.isEmptyCompositionMissing),
        flag(
            "inlinecount-ignores-paging", "whether $inlinecount makes $top and $skip void",
            \.inlineCountIgnoresPaging),
        flag(
            "wrong-field-empty", "whether a filter with an unknown field finds nothing",
            \.wrongFieldFindsNothing),
        flag(
            "ignore-unknown-parameters", "whether unknown parameters are passed over",
            \.ignoresUnknownParameters),
        InfobaseSwitch(
            name: "restricted",
            help: "rows hidden by rights: Set:N,… hides each Nth object of a set"
        ) { options, value in
            var restricted: [String: Int] = [:]
            for part in value.split(separator: ",") {
                let halves = part.split(separator: ":")
                guard halves.count == 2, let every = Int(halves[1]), every > 0 else {
                    return false
                }
                restricted[String(halves[0])] = every
            }
            options.restrictedEvery = restricted
            return true
        },
        limit(
            "wrong-passwords-max", "wrong passwords before a lock-out; none", \.wrongPasswordsMax),
        seconds("lockout-seconds", "how long a user stays locked out", \.lockoutSeconds),
        InfobaseSwitch(
            name: "maintenance", help: "when sessions are blocked each day: 01:00-02:30; none"
        ) { options, value in
            guard value != "none" else {
                options.maintenanceMinutes = nil
                return true
            }
            let minutes = value.split(separator: "-").compactMap { time -> Int? in
                let parts = time.split(separator: ":").compactMap { Int($0) }
                return parts.count == 2 ? parts[0] * 60 + parts[1] : nil
            }
            guard minutes.count == 2, 0 <= minutes[0], minutes[0] < minutes[1],
                minutes[1] <= 24 * 60
            else { return false }
            options.maintenanceMinutes = minutes[0]..<minutes[1]
            return true
        },
        limit(
            "answer-bytes-max", "answers larger than this end as 500; none", \.answerByteCountMax),
        choice("sessions", "how sessions are shared", \.sessionMode),
        limit("pool-size", "sessions of the pool, one more is 406; none", \.poolSize),
        limit("licences", "sessions that licences allow; none", \.licences),
        seconds("session-idle-seconds", "how long a free session is kept", \.sessionIdleSeconds),
        seconds("cold-start-seconds", "added to a session's first answer", \.coldStartSeconds),
        seconds("answer-seconds", "how long any answer takes", \.answerSeconds),
    ]

    // MARK: Kinds of switches

    private typealias Path<Value> = any WritableKeyPath<InfobaseOptions, Value> & Sendable

    private static func flag(_ name: String, _ help: String, _ path: Path<Bool>) -> InfobaseSwitch {
        InfobaseSwitch(name: name, help: "\(help): true or false") { options, value in
            guard let flag = Bool(value) else { return false }
            options[keyPath: path] = flag
            return true
        }
    }

    private static func number(_ name: String, _ help: String, _ path: Path<Int>) -> InfobaseSwitch
    {
        InfobaseSwitch(name: name, help: help) { options, value in
            guard let number = Int(value), number >= 0 else { return false }
            options[keyPath: path] = number
            return true
        }
    }

    private static func limit(_ name: String, _ help: String, _ path: Path<Int?>) -> InfobaseSwitch
    {
        InfobaseSwitch(name: name, help: help) { options, value in
            guard let number = Int(value), number >= 0 else {
                guard value == "none" else { return false }
                options[keyPath: path] = nil
                return true
            }
            options[keyPath: path] = number
            return true
        }
    }

    private static func seconds(
        _ name: String, _ help: String, _ path: Path<Double>
    ) -> InfobaseSwitch {
        InfobaseSwitch(name: name, help: help) { options, value in
            guard let number = Double(value), number >= 0, number.isFinite else { return false }
            options[keyPath: path] = number
            return true
        }
    }

    private static func names(
        _ name: String, _ help: String, _ path: Path<Set<String>>
    ) -> InfobaseSwitch {
        InfobaseSwitch(name: name, help: help) { options, value in
            options[keyPath: path] = Set(value.split(separator: ",").map(String.init))
            return true
        }
    }

    private static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ name: String, _ help: String, _ path: Path<Choice>
    ) -> InfobaseSwitch where Choice.RawValue == String {
        let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return InfobaseSwitch(name: name, help: "\(help): \(choices)") { options, value in
            guard let choice = Choice(rawValue: value) else { return false }
            options[keyPath: path] = choice
            return true
        }
    }
}
