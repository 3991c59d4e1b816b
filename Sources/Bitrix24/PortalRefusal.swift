internal import Collection

/// What a portal's `error` means and what to do about it.
///
/// The same code comes with different statuses from different portals, so the code decides and the
/// status only where there is none.
struct PortalRefusal {
    let code: String
    let text: String
    let status: Int

    /// Reads an error object: `{"error": …, "error_description": …}`.
    init?(_ value: JSONValue, status: Int) {
        guard let error = value["error"] else { return nil }
        code = error.scalarText ?? ""
        text = Self.plain(value["error_description"]?.scalarText ?? "")
        self.status = status
    }

    private init(code: String, text: String, status: Int) {
        self.code = code
        self.text = text
        self.status = status
    }

    /// The refusal with secrets made unreadable, should the portal repeat them.
    func masking(_ secrets: [String]) -> PortalRefusal {
        func masked(_ text: String) -> String {
            secrets.reduce(text) { $1.isEmpty ? $0 : $0.replacing($1, with: "***") }
        }
        return PortalRefusal(code: masked(code), text: masked(text), status: status)
    }

    /// Whether the portal does not know the method.
    var isUnknownMethod: Bool { code.uppercased() == "ERROR_METHOD_NOT_FOUND" }

    /// Whether a record in the answer holds text that the portal cannot write.
    var isBrokenText: Bool { code.uppercased() == "WRONG_ENCODING" }

    /// Whether what was asked about is not there, or no longer.
    var isGone: Bool { code.uppercased() == "NOT_FOUND" }

    /// Whether another token may do.
    var isExpiredToken: Bool { code.lowercased() == "expired_token" }

    /// What to tell, and whether to try again.
    ///
    /// - Parameters:
    ///   - method: The method that was called.
    ///   - host: The portal.
    ///   - reset: How long until the method's operating time is given back, if it is known.
    /// - Returns: The refusal to throw.
    func answer(to method: String, at host: String, reset: Duration?) -> RefusedAnswer {
        let (kind, remedy, pause) = meaning(reset: reset)
        let named = [code, text].filter { !$0.isEmpty }.joined(separator: ": ")
        let error = CollectionError(
            kind,
            "\(host) refused \(method) (\(named.isEmpty ? "HTTP \(status)" : named)). \(remedy)")
        return pause.map { .transient(error, pause: $0) } ?? .permanent(error)
    }

    /// The kind, the remedy, and the least pause when trying again may help.
    private func meaning(reset: Duration?) -> (CollectionError.Kind, String, Duration?) {
        switch code.uppercased() {
        case "QUERY_LIMIT_EXCEEDED":
            return (
                .limited, "Too many requests; others share the limit of this address.", .seconds(1)
            )
        case "OPERATION_TIME_LIMIT":
            return (
                .limited, "The portal gives the method back within ten minutes; run later.",
                // Where nothing is told, five pauses outlast the ten minutes.
                reset ?? .seconds(150)
            )
        case "OVERLOAD_LIMIT":
            return (.limited, "The vendor has blocked REST of this portal; ask its support.", nil)
        case "INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER":
            return (.unreachable, "The portal failed inside; run later.", .zero)
        case "NO_AUTH_FOUND", "INVALID_CREDENTIALS", "INVALID_TOKEN", "EXPIRED_TOKEN",
            "APPLICATION_NOT_FOUND", "ERROR_OAUTH":
            return (
                .refused,
                "Check the webhook's address, or make a new webhook; for an application run "
                    + "'sverka authorize' again.", nil
            )
        case "AUTHORIZATION_ERROR", "USER_ACCESS_ERROR", "ALLOWED_ONLY_INTRANET_USER":
            return (
                .refused,
                "The webhook's owner may not work in the portal (dismissed?); make a webhook, or "
                    + "run 'sverka authorize', as an administrator who works there.", nil
            )
        case "INSUFFICIENT_SCOPE":
            return (.refused, "Tick the missing scope in the webhook's settings.", nil)
        case "PAYMENT_REQUIRED":
            return (.refused, "The portal's subscription has ended.", nil)
        case "ACCESS_DENIED":
            return (.refused, "The portal's plan or the owner's rights do not allow it.", nil)
        case "PORTAL_DELETED":
            return (.refused, "The portal is deleted or closed.", nil)
        case "METHOD_CONFIRM_WAITING", "METHOD_CONFIRM_DENIED":
            return (.refused, "An administrator of the portal has to confirm the method.", nil)
        case "WRONG_AUTH_TYPE":
            return (.refused, "The method is not for webhooks.", nil)
        case "INVALID_REQUEST":
            return (.misconfigured, "Write the webhook's address with https://.", nil)
        case "ERROR_METHOD_NOT_FOUND", "ERROR_MANIFEST_IS_NOT_AVAILABLE":
            return (
                .misconfigured,
                "The portal does not know the method: its version is too old, the scope is not "
                    + "ticked, or the address is cut.", nil
            )
        case "WRONG_ENCODING":
            return (
                .malformed,
                "A record on this page holds broken text; an administrator must mend it.", nil
            )
        default: return meaningOfText
        }
    }

    /// Old methods give no code; their text or the status has to do.
    private var meaningOfText: (CollectionError.Kind, String, Duration?) {
        if text.lowercased().hasPrefix("access denied") {
            return (.refused, "The webhook's owner lacks the right to read this.", nil)
        }
        switch status {
        case 408, 429, 500...599:
            return (.unreachable, "The portal cannot answer now; run later.", .zero)
        case 401, 403: return (.refused, "Check the webhook and its owner's rights.", nil)
        default: return (.malformed, "The portal does not accept the request.", nil)
        }
    }

    /// A description without markup and line ends, of bounded length.
    private static func plain(_ text: String) -> String {
        var plain = ""
        var isInTag = false
        for character in text.prefix(600) {
            switch character {
            case "<": isInTag = true
            case ">" where isInTag: isInTag = false
            case _ where isInTag: continue
            case "\n", "\r", "\r\n": plain.append(" ")
            default: plain.append(character)
            }
        }
        return String(TextCleaning.trimmed(plain).prefix(300))
    }
}
