internal import Collection

/// An answer of the portal that carries a result.
struct PortalAnswer: Sendable {
    /// The whole answer.
    let root: JSONValue
    /// What was asked for.
    let result: JSONValue

    /// Reads an answer: the body first, then the status.
    ///
    /// - Throws: ``RefusedAnswer`` when there is no result in it.
    init(
        _ response: HTTPResponse, method: String, webhook: Webhook, reset: Duration? = nil
    ) throws(RefusedAnswer) {
        let host = webhook.host
        if (300...399).contains(response.status) {
            let target = response.header("Location").map { Self.host(of: $0) } ?? "an unknown host"
            throw .permanent(
                CollectionError(
                    .misconfigured,
                    "\(host) sends on to \(target). If the portal was renamed, write its new "
                        + "address into the configuration."))
        }
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: response.body)
        } catch {
            throw Self.refusal(of: response, error, method: method, host: host)
        }
        if var refusal = PortalRefusal(document.root, status: response.status) {
            refusal = refusal.masked(by: webhook)
            throw refusal.answer(to: method, at: host, reset: reset)
        }
        guard (200...299).contains(response.status), let result = document.root["result"] else {
            let error = CollectionError(
                .malformed,
                "\(host) answered \(method) with HTTP \(response.status) and no result. Run later; "
                    + "if it stays so, check the address.")
            throw response.status >= 400 && response.status < 500
                ? .permanent(error) : .transient(error)
        }
        root = document.root
        self.result = result
    }

    /// What an answer that is not JSON means.
    private static func refusal(
        of response: HTTPResponse, _ error: JSONError, method: String, host: String
    ) -> RefusedAnswer {
        let isPage = response.body.first { !($0 <= 0x20) } == UInt8(ascii: "<")
        let form = isPage ? "an HTML page instead of JSON" : "broken JSON (\(error))"
        switch response.status {
        case 200...299, 408, 429, 500...599:
            let kind: CollectionError.Kind = response.status < 300 ? .malformed : .unreachable
            return .transient(
                CollectionError(
                    kind,
                    "\(host) answered \(method) with HTTP \(response.status) and \(form). "
                        + "Nothing of it was taken; run later."))
        default:
            return .permanent(
                CollectionError(
                    .misconfigured,
                    "\(host) answered \(method) with HTTP \(response.status) and \(form). "
                        + "Check that the address is a Bitrix24 webhook and no proxy forbids it."))
        }
    }

    private static func host(of address: String) -> String {
        guard let start = address.firstRange(of: "://")?.upperBound else { return "another page" }
        return String(address[start...].prefix { $0 != "/" && $0 != "?" })
    }
}

extension PortalRefusal {
    fileprivate func masked(by webhook: Webhook) -> PortalRefusal {
        PortalRefusal(
            code: webhook.masking(code), text: webhook.masking(text), status: status)
    }

    fileprivate init(code: String, text: String, status: Int) {
        self.code = code
        self.text = text
        self.status = status
    }
}
