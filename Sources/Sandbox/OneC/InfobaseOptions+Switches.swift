extension InfobaseOptions: SwitchableOptions {
    /// The infobase's switches: all begin with `onec-`.
    public static let switches: [SandboxSwitch<InfobaseOptions>] =
        publication + behaviour + rights + availability

    private static let publication: [SandboxSwitch<InfobaseOptions>] = [
        .choice(
            "onec-configuration", "whose names sets and fields have", InfobaseConfiguration.ut11,
            \.configuration),
        .names(
            "onec-unpublished", "sets that are not published; * for all", "Catalog_Валюты",
            \.unpublished),
        .names(
            "onec-removed-fields", "fields that an update took away", "Catalog_Контрагенты.КПП",
            \.removedFields),
        .names(
            "onec-added-fields", "text fields that an update brought",
            "Catalog_Контрагенты.КодФилиала", \.addedFields),
        .whole(
            "onec-metadata-bytes", "bytes to which $metadata is filled up with other objects",
            "15000000", \.metadataByteCount),
        .flag(
            "onec-empty-composition-404", "a publication without sets is 404",
            \.isEmptyCompositionMissing),
    ]

    private static let behaviour: [SandboxSwitch<InfobaseOptions>] = [
        .flag(
            "onec-inlinecount-ignores-paging", "$inlinecount makes $top and $skip void",
            \.inlineCountIgnoresPaging),
        .choice(
            "onec-virtual-count", "what counts the rows of virtual tables",
            InfobaseVirtualCount.none, \.virtualCount),
        .flag(
            "onec-wrong-field-empty", "a filter with an unknown field finds nothing",
            \.wrongFieldFindsNothing),
        .flag(
            "onec-ignore-unknown", "unknown parameters without a dollar are passed over",
            \.ignoresUnknownParameters),
    ]

    private static let rights: [SandboxSwitch<InfobaseOptions>] = [
        SandboxSwitch(
            name: "onec-restricted",
            help: "rows hidden by rights: Set:N,… hides about one in N objects of a set",
            example: "Catalog_Контрагенты:10",
            read: { options in
                options.restrictedEvery.sorted { $0.key < $1.key }
                    .map { "\($0.key):\($0.value)" }.joined(separator: ",")
            },
            write: { options, text in
                var restricted: [String: Int] = [:]
                for part in text.split(separator: ",") {
                    let halves = part.split(separator: ":")
                    guard halves.count == 2, let every = Int(halves[1]), every > 0 else {
                        return false
                    }
                    restricted[String(halves[0])] = every
                }
                options.restrictedEvery = restricted
                return true
            }),
        .limit(
            "onec-wrong-passwords", "wrong passwords after which the user is locked out", "3",
            \.wrongPasswordsMax),
        .number(
            "onec-lockout-seconds", "how long a user stays locked out", "60", \.lockoutSeconds),
    ]

    private static let availability: [SandboxSwitch<InfobaseOptions>] = [
        SandboxSwitch(
            name: "onec-maintenance",
            help: "when sessions are blocked each day by Moscow's clock; 'off' for never",
            example: "01:00-02:30",
            read: { options in
                guard let minutes = options.maintenanceMinutes else { return "off" }
                return [minutes.lowerBound, minutes.upperBound].map {
                    Code.padded(UInt32($0 / 60), 2) + ":" + Code.padded(UInt32($0 % 60), 2)
                }.joined(separator: "-")
            },
            write: { options, text in
                guard text != "off" else {
                    options.maintenanceMinutes = nil
                    return true
                }
                let minutes = text.split(separator: "-").compactMap { time -> Int? in
                    let parts = time.split(separator: ":").compactMap { Int($0) }
                    return parts.count == 2 ? parts[0] * 60 + parts[1] : nil
                }
                guard minutes.count == 2, 0 <= minutes[0], minutes[0] < minutes[1],
                    minutes[1] <= 24 * 60
                else { return false }
                options.maintenanceMinutes = minutes[0]..<minutes[1]
                return true
            }),
        .limit(
            "onec-answer-bytes", "answers larger than this end as an HTML page with status 500",
            "1000000", \.answerByteCountMax),
        .choice(
            "onec-sessions", "how sessions are shared", InfobaseSessionMode.client, \.sessionMode),
        .limit("onec-pool", "sessions of the pool; one more is 406", "10", \.poolSize),
        .limit("onec-licences", "sessions that licences allow; one more is 500", "2", \.licences),
        .number(
            "onec-session-idle", "how long a free session is kept, in seconds", "60",
            \.sessionIdleSeconds),
        .number(
            "onec-cold-start", "seconds added to a session's first answer", "12",
            \.coldStartSeconds),
        .number("onec-answer-seconds", "seconds that any answer takes", "0.2", \.answerSeconds),
    ]
}

extension SandboxSwitch {
    /// A whole number, 0 or more.
    static func whole(
        _ name: String, _ help: String, _ example: String,
        _ path: any WritableKeyPath<Options, Int> & Sendable
    ) -> SandboxSwitch {
        SandboxSwitch(
            name: name, help: help, example: example, read: { "\($0[keyPath: path])" },
            write: { options, text in
                guard let value = Int(text), value >= 0 else { return false }
                options[keyPath: path] = value
                return true
            })
    }

    /// A whole number, 0 or more, or `off`.
    static func limit(
        _ name: String, _ help: String, _ example: String,
        _ path: any WritableKeyPath<Options, Int?> & Sendable
    ) -> SandboxSwitch {
        SandboxSwitch(
            name: name, help: "\(help); 'off' for no limit", example: example,
            read: { $0[keyPath: path].map { "\($0)" } ?? "off" },
            write: { options, text in
                guard text != "off" else {
                    options[keyPath: path] = nil
                    return true
                }
                guard let value = Int(text), value >= 0 else { return false }
                options[keyPath: path] = value
                return true
            })
    }

    /// Names with commas between them, in any order.
    static func names(
        _ name: String, _ help: String, _ example: String,
        _ path: any WritableKeyPath<Options, Set<String>> & Sendable
    ) -> SandboxSwitch {
        SandboxSwitch(
            name: name, help: help, example: example,
            read: { $0[keyPath: path].sorted().joined(separator: ",") },
            write: { options, text in
                options[keyPath: path] = Set(text.split(separator: ",").map(String.init))
                return true
            })
    }
}
