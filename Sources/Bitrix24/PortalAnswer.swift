internal import Collection

/// An answer of the portal that carries a result.
struct PortalAnswer: Sendable {
    /// The whole answer.
    let root: JSONValue
    /// What was asked for.
    let result: JSONValue

    /// Who was asked for what.
    struct Question: Sendable {
        var method: String
        var host: String
        /// The member that holds the rows, where a portal may leave out the `result` around it.
        var container: String?
        /// What must not stand in a message.
        var secrets: [String] = []
        /// How long until the method's operating time is given back, if it is known.
        var reset: Duration?
    }

    /// Reads an answer: the body first, then the status.
    ///
    /// - Throws: ``RefusedAnswer`` when there is no result in it; ``PortalMoved`` when the portal
    ///   sends on; ``UnknownMethod`` when it does not know the method.
    init(_ response: HTTPResponse, to question: Question) throws {
        if (300...399).contains(response.status) {
            throw PortalMoved(location: response.header("Location") ?? "")
        }
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: response.body)
        } catch {
            throw Self.refusal(of: response, error, question)
        }
        let root = document.root
        if let refusal = PortalRefusal(root, status: response.status) {
            let masked = refusal.masking(question.secrets)
            let answer = masked.answer(
                to: question.method, at: question.host, reset: question.reset)
            if masked.isUnknownMethod {
                throw UnknownMethod(method: question.method, error: answer.error)
            }
            if masked.isBrokenText { throw BrokenText(error: answer.error) }
            if masked.isExpiredToken { throw ExpiredToken(error: answer.error) }
            throw answer
        }
        // Documentation shows four lists of the catalogue without a `result` around them.
        let bare = question.container.flatMap { root[$0] } == nil ? nil : root
        guard (200...299).contains(response.status), let result = root["result"] ?? bare else {
            let error = CollectionError(
                .malformed,
                "\(question.host) answered \(question.method) with HTTP \(response.status) and no "
                    + "result. Run later; if it stays so, check the address.")
            throw response.status >= 400 && response.status < 500
                ? RefusedAnswer.permanent(error) : .transient(error)
        }
        self.root = root
        self.result = result
    }

    /// What an answer that is not JSON means.
    private static func refusal(
        of response: HTTPResponse, _ error: JSONError, _ question: Question
    ) -> RefusedAnswer {
        let isPage = response.body.first { !($0 <= 0x20) } == UInt8(ascii: "<")
        let form = isPage ? "an HTML page instead of JSON" : "broken JSON (\(error))"
        switch response.status {
        case 200...299, 408, 429, 500...599:
            let kind: CollectionError.Kind = response.status < 300 ? .malformed : .unreachable
            return .transient(
                CollectionError(
                    kind,
                    "\(question.host) answered \(question.method) with HTTP \(response.status) and "
                        + "\(form). Nothing of it was taken; run later."))
        default:
            return .permanent(
                CollectionError(
                    .misconfigured,
                    "\(question.host) answered \(question.method) with HTTP \(response.status) and "
                        + "\(form). Check that the address is a Bitrix24 portal's and no proxy "
                        + "forbids it."))
        }
    }
}

/// The portal sends on to another address.
struct PortalMoved: Error {
    let location: String
}

/// The portal does not know a method: it is too old, or lacks the module or the scope.
struct UnknownMethod: Error {
    let method: String
    /// What to tell where nothing else can be read instead.
    let error: CollectionError
}

/// The portal cannot write a page, since a record on it holds broken text.
struct BrokenText: Error {
    /// What to tell where the record cannot be left out.
    let error: CollectionError
}

/// The portal no longer takes the token.
struct ExpiredToken: Error {
    /// What to tell when it stays that way.
    let error: CollectionError
}
