internal import Collection

/// What an infobase, its web server or a proxy says in place of an answer.
///
/// There are four bodies: OData's error as JSON or XML, an exception of the platform as JSON or
/// XML, an HTML page, and plain text. Which one comes does not depend on what was asked for, so the
/// body is looked at, not the request.
struct InfobaseFault: Sendable {
    let status: Int
    /// OData's number of the error, where there is one.
    private(set) var code: String?
    /// What is said, in one line of bounded length.
    private(set) var text = ""
    /// Whether the platform could not start a session or failed outside OData.
    private(set) var isException = false

    /// Reads a body.
    init(status: Int, body: [UInt8]) {
        self.status = status
        let kept = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...]
        let first = kept.first { $0 > 0x20 }
        if first == UInt8(ascii: "{"), let document = try? JSONDocument(parsing: Array(kept)) {
            readJSON(document.root)
        } else {
            let raw = String(decoding: kept.prefix(8_192), as: UTF8.self)
            if first == UInt8(ascii: "<") { readMarkup(raw) } else { text = Self.line(raw) }
        }
    }

    /// Whether a body of a good status is an error all the same.
    static func isHidden(in root: JSONValue) -> Bool {
        root["odata.error"] != nil || root["exception"] != nil
    }

    private mutating func readJSON(_ root: JSONValue) {
        if let error = root["odata.error"] {
            code = error["code"]?.scalarText
            text = Self.line(error["message"]?["value"]?.string ?? error["message"]?.string ?? "")
        } else if var exception = root["exception"] {
            isException = true
            // The innermost description is what a person wrote; the outer ones repeat the request.
            var depth = 0
            while let inner = exception["inner"], inner.kind == .object, depth < 20 {
                exception = inner
                depth += 1
            }
            text = Self.line(exception["descr"]?.string ?? "")
        }
    }

    private mutating func readMarkup(_ markup: String) {
        if let message = Self.content(of: "message", in: markup) {
            code = Self.content(of: "code", in: markup).map(Self.line)
            text = Self.line(message)
        } else if let description = Self.contents(of: "descr", in: markup).last {
            // The innermost is what a person wrote, and the last to begin.
            isException = true
            text = Self.line(description)
        } else {
            text = Self.line(Self.content(of: "body", in: markup) ?? markup)
        }
    }

    /// What stands in the first element of a local name.
    private static func content(of name: String, in markup: String) -> String? {
        contents(of: name, in: markup).first
    }

    /// What stands in the elements of a local name, in the order in which they begin.
    private static func contents(of name: String, in markup: String) -> [String] {
        var (rest, found) = (markup[...], [String]())
        while let opening = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: opening)...]
            let tag = rest.prefix { $0 != ">" && $0 != " " && $0 != "\n" && $0 != "\r\n" }
            let local = tag.split(separator: ":").last ?? tag
            guard local == name, let end = rest.firstIndex(of: ">") else { continue }
            let inside = rest[rest.index(after: end)...]
            let closing = inside.firstRange(of: "</\(tag)>")?.lowerBound ?? inside.endIndex
            found.append(String(inside[..<closing]))
        }
        return found
    }

    /// A text without markup, in one line of at most 300 characters.
    private static func line(_ text: String) -> String {
        var (line, isInTag) = ("", false)
        for character in text.prefix(4_096) {
            switch character {
            case "<": isInTag = true
            case ">" where isInTag:
                isInTag = false
                if line.last != " " { line.append(" ") }
            case _ where isInTag: continue
            case "\n", "\r", "\r\n", "\t", " ", "\u{A0}":
                if line.last != " " { line.append(" ") }
            default: line.append(character)
            }
        }
        return String(TextCleaning.trimmed(TextCleaning.decodingHTMLEntities(line)).prefix(300))
    }
}

extension InfobaseFault {
    /// Whether the infobase lets nobody in for now: maintenance, no free session, no free licence.
    var isClosed: Bool {
        isLicenceMissing || isMaintenance || (status == 406 && !isFormatRefused)
    }

    /// Whether user or password is wrong.
    var isWrongPassword: Bool { status == 401 && code != "20" && !isClosed }

    /// Whether the format was refused, as platforms do that know no JSON.
    var isFormatRefused: Bool {
        code == "3" || status == 415 || ((400...501).contains(status) && text.contains("$format"))
    }

    private var isLicenceMissing: Bool { text.lowercased().contains("лицензи") }

    private var isMaintenance: Bool {
        let text = text.lowercased()
        return (status == 403 && (isException || text.contains("запрещено")))
            || text.contains("монопольн") || text.contains("ошибка блокировки информационной базы")
    }

    /// What to tell, and whether to try again.
    ///
    /// - Parameters:
    ///   - subject: What was asked for: `Catalog_Контрагенты`.
    ///   - label: The infobase.
    /// - Returns: The refusal to throw.
    func answer(to subject: String, at label: String) -> RefusedAnswer {
        let (kind, remedy, pause) = meaning
        let code = code.map { ", code \($0)" } ?? ""
        let said = text.isEmpty ? "" : ": \(text)"
        let error = CollectionError(
            kind, "\(label) refused \(subject) (HTTP \(status)\(code)\(said)). \(remedy)")
        return pause.map { .transient(error, pause: $0) } ?? .permanent(error)
    }

    /// The kind, the remedy, and the least pause when trying again may help.
    private var meaning: (CollectionError.Kind, String, Duration?) {
        if isLicenceMissing {
            return (
                .limited, "No free 1C licence; close other sessions or run later.", .seconds(60)
            )
        }
        if isMaintenance {
            return (
                .unreachable,
                "The infobase is closed for maintenance; run later or move the schedule.",
                .seconds(15)
            )
        }
        switch status {
        case 401 where code == "20":
            return (
                .refused,
                "The user may not read every row. Give it full reading rights, or set allowed_only "
                    + "to read what it may see (the snapshot is then not taken for the whole).", nil
            )
        case 401:
            return (
                .refused,
                "User or password is wrong. It was tried once only, so that nothing is locked.", nil
            )
        case 403: return (.refused, "The web server or the infobase forbids it to this user.", nil)
        case 404 where code == "8":
            return (
                .misconfigured,
                "Tick the object in the infobase's OData settings (a configuration update may have "
                    + "reset them), or mend the name in the mapping.", nil
            )
        case 404:
            return (
                .misconfigured,
                "Check the address and that the publication has standardOdata enabled.", nil
            )
        case 406: return (.limited, "All pooled sessions are busy; run later.", .seconds(5))
        case 409:
            return (
                .misconfigured,
                "The web server's 1C extension is of another version than the server: publish the "
                    + "infobase again with the new one.", nil
            )
        case 408, 429: return (.unreachable, "Run later.", .zero)
        case 501: return (.misconfigured, "The infobase cannot give a field of this kind.", nil)
        case 500...599:
            return (.unreachable, "The infobase or its server failed; run later.", .zero)
        case 300...399:
            return (
                .misconfigured, "The address sends on to another; write the final one.", nil
            )
        default:
            return (
                .misconfigured,
                "The infobase does not accept the request; check the mapping against its version.",
                nil
            )
        }
    }
}
