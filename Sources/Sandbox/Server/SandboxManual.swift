/// What `sverka sandbox --list` prints: every switch and every fault, with an example each.
public enum SandboxManual {
    /// The text.
    public static var text: String {
        var lines = ["SWITCHES OF THE PORTAL (--switch name=value)"] + switches(of: PortalOptions())
        lines += ["", "SWITCHES OF THE INFOBASE"] + switches(of: InfobaseOptions())
        lines += [
            "", "FORMS OF AN EXCHANGE'S FILES (--export DIR --format commerceml --xml name=value)",
        ]
        lines += switches(of: CommerceMLOptions())
        lines += [
            "", "FAULTS (--fault name[,on=part of a method's or set's name][,system=bitrix24|onec]",
            "        [,skip=requests that pass first][,times=requests that are met][,seconds=of slow])",
        ]
        for fault in SandboxFault.allCases {
            lines += ["", "  \(fault.example)", "      \(fault.help)"]
        }
        return lines.joined(separator: "\n")
    }

    private static func switches<Options: SwitchableOptions>(of options: Options) -> [String] {
        Options.switches.flatMap { item in
            [
                "", "  \(item.name)=\(item.example)", "      \(item.help)",
                "      usually '\(item.read(options))'",
            ]
        }
    }
}

extension SandboxFault {
    /// What happens, for a person.
    public var help: String {
        switch self {
        case .html502: "a proxy's HTML page with status 502"
        case .html504: "a proxy's HTML page with status 504"
        case .html200: "HTML with status 200"
        case .truncatedJSON: "a body that ends in the middle"
        case .reset: "the connection closes in the middle of the body"
        case .dropped: "the connection closes before anything was sent"
        case .slow: "the answer takes longer than callers wait"
        case .redirected: "302 to the portal's new host, until the caller asks there"
        case .internalError: "500 INTERNAL_SERVER_ERROR"
        case .queryLimit: "503 QUERY_LIMIT_EXCEEDED"
        case .tooMany: "429 OPERATION_TIME_LIMIT"
        case .overloaded: "503 OVERLOAD_LIMIT"
        case .expiredToken: "401 expired_token"
        case .errorEmpty: "a refusal whose error is an empty text"
        case .errorZero: "a refusal whose error is the number 0"
        case .errorNumber: "a refusal whose error is a number of twelve digits"
        case .errorSentence: "a refusal whose error is a sentence"
        case .emptyBatch: "a batch that answers with five empty maps"
        case .lostCommand: "a batch in whose maps the last command is missing"
        case .repeatedPage: "a list gives its first page, whatever was asked"
        case .staleTotal: "a list counts wrongly"
        case .wrongEncoding: "a list refuses with WRONG_ENCODING"
        case .rowCreated: "a row appears after the page was given"
        case .rowDeleted: "a row is deleted after the page was given"
        case .rowUpdated: "a row is changed after the page was given"
        case .maintenance: "1C: sessions are blocked, 403"
        case .noSession: "1C: no free session, 406"
        case .diskFull: "1C: the server's disk is full, 500"
        case .versionMismatch: "1C: the web extension is older than the platform, 409"
        case .noLicence: "1C: every licence is taken, 500"
        case .trickle: "the body comes in small pieces with pauses"
        case .handlerException: "1C: the code of an HTTP service fails, 500"
        }
    }

    /// How it is switched on.
    public var example: String {
        switch self {
        case .slow: "\(rawValue),on=crm.deal.list,seconds=70"
        case .redirected: "\(rawValue),times=1000"
        case .emptyBatch, .lostCommand: "\(rawValue),skip=2"
        case .html502, .html504, .reset, .dropped, .truncatedJSON:
            "\(rawValue),on=batch,skip=3,times=2"
        case .maintenance, .noSession, .diskFull, .versionMismatch, .noLicence:
            "\(rawValue),system=onec,times=3"
        case .trickle: "\(rawValue),system=onec"
        case .handlerException: "\(rawValue),system=onec,on=hs"
        case _ where place == .list: "\(rawValue),on=crm.company.list,skip=1"
        default: rawValue
        }
    }
}
