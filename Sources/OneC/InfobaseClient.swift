internal import Collection

/// Asks one infobase in one reading, one request at a time: each parallel one would take a session
/// of 1C and as a rule a licence.
actor InfobaseClient {
    let address: InfobaseAddress
    private let pipeline: RequestPipeline
    private let usesSession: Bool
    private let isAllowedOnly: Bool
    /// The cookie of the session that this client has started.
    private var session: String?
    private var isSessionLost = false

    init(
        address: InfobaseAddress, pipeline: RequestPipeline, usesSession: Bool, isAllowedOnly: Bool
    ) {
        self.address = address
        self.pipeline = pipeline
        self.usesSession = usesSession
        self.isAllowedOnly = isAllowedOnly
    }

    var traffic: Traffic { get async { await pipeline.traffic } }

    /// What the infobase publishes about a set.
    func metadata(of set: String) async throws -> ODataMetadata {
        let label = address.label
        return try await send("$metadata", path: ["$metadata"], query: { _ in [] }) { response in
            do throws(ODataMetadata.Fault) {
                return try ODataMetadata(response.body, set: set)
            } catch {
                switch error {
                case .notMetadata(let root):
                    throw RefusedAnswer.permanent(
                        CollectionError(
                            .misconfigured,
                            "\(label) answered $metadata with a page (<\(root)>) instead of "
                                + "metadata. A login page of a proxy? Check address and access."))
                case .broken(let line):
                    throw RefusedAnswer.transient(
                        CollectionError(
                            .malformed,
                            "\(label) answered $metadata with XML broken at line \(line). "
                                + "Run later."))
                }
            }
        }
    }

    /// The number of entities in a set, by 1C's own count.
    func count(of set: String) async throws -> Int {
        let label = address.label
        let options = allowedOnly
        return try await send("$count of \(set)", path: [set, "$count"], query: { _ in options }) {
            let digits = $0.body.filter { $0 &- 0x30 < 10 }
            let others = $0.body.filter { $0 &- 0x30 >= 10 && $0 > 0x20 }
            // A byte order mark stands before the digits.
            guard let count = Int(String(decoding: digits, as: UTF8.self)),
                others.isEmpty || others == [0xEF, 0xBB, 0xBF]
            else {
                throw RefusedAnswer.transient(
                    CollectionError(
                        .malformed,
                        "\(label) answered $count of \(set) with something else than a number. "
                            + "Run later."))
            }
            return count
        }
    }

    /// One page of a set, as it came.
    ///
    /// - Parameters:
    ///   - set: The entity set.
    ///   - select: The value of `$select`.
    ///   - orderBy: The key.
    ///   - skip: How many entities to pass over.
    ///   - top: How many to ask for; fewer when that failed.
    /// - Returns: The entities and the length of the answer.
    /// - Throws: ``CollectionError`` of the last try.
    func page(
        of set: String, select: String, orderBy: String, skip: Int, top: Int
    ) async throws -> (rows: [JSONValue], bytes: Int) {
        let label = address.label
        let common =
            [
                (name: "$format", value: "application/json;odata=nometadata"),
                (name: "$select", value: select), (name: "$orderby", value: orderBy),
                (name: "$skip", value: String(skip)),
            ] + allowedOnly
        return try await send("entities of \(set)", path: [set]) { failures in
            common + [(name: "$top", value: String(Self.reduced(top, after: failures)))]
        } judge: { response in
            let document: JSONDocument
            do throws(JSONError) {
                document = try JSONDocument(parsing: response.body)
            } catch {
                let isPage = response.body.first { $0 > 0x20 } == UInt8(ascii: "<")
                let form = isPage ? "a page instead of JSON" : "broken JSON (\(error))"
                throw RefusedAnswer.transient(
                    CollectionError(
                        .malformed,
                        "\(label) answered \(set) with \(form). Nothing of it was taken; run later."
                    ))
            }
            guard !InfobaseFault.isHidden(in: document.root) else {
                throw InfobaseFault(status: 500, body: response.body).answer(to: set, at: label)
            }
            guard let value = document.root["value"], value.kind == .array else {
                throw RefusedAnswer.permanent(
                    CollectionError(
                        .malformed,
                        "\(label) answered \(set) with JSON that is no OData collection. Check "
                            + "that the address is 1C's standard OData interface."))
            }
            return (Array(value.elements), response.body.count)
        }
    }

    /// A page of a size that just failed may be too much for the server: the second failure in a
    /// row and each further one ask for a quarter.
    private static func reduced(_ top: Int, after failures: Int) -> Int {
        failures < 2 ? top : max(1, top >> min(30, 2 * (failures - 1)))
    }

    /// Gives the session back, if one was started; what the infobase says to it does not matter.
    func finish() async {
        guard session != nil else { return }
        let request = address.request([], headers: sessionHeaders(finishing: true))
        session = nil
        _ = try? await pipeline.send(
            "end of session", unreachableTries: 1, request: { _ in request }
        ) { _ in () }
    }

    private var allowedOnly: [(name: String, value: String)] {
        isAllowedOnly ? [(name: "allowedOnly", value: "true")] : []
    }

    private func send<Value: Sendable>(
        _ subject: String, path: [String],
        query: @Sendable (_ failures: Int) -> [(name: String, value: String)],
        judge: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Value {
        let (address, headers) = (address, sessionHeaders(finishing: false))
        let hadSession = session != nil
        do {
            let (value, cookie) = try await pipeline.send(
                "\(subject) of \(address.label)",
                request: { address.request(path, query: query($0), headers: headers) }
            ) { response in
                guard (200...299).contains(response.status) else {
                    let fault = InfobaseFault(status: response.status, body: response.body)
                    if hadSession, response.status == 400 || response.status == 404,
                        fault.code == nil
                    {
                        throw SessionLost()
                    }
                    throw fault.answer(to: subject, at: address.label)
                }
                return (try judge(response), Self.sessionCookie(response))
            }
            if usesSession, let cookie { session = cookie }
            return value
        } catch is SessionLost where !isSessionLost {
            // Once only: an infobase that keeps losing sessions is read without.
            isSessionLost = true
            session = nil
            return try await send(subject, path: path, query: query, judge: judge)
        }
    }

    private struct SessionLost: Error {}

    private func sessionHeaders(finishing: Bool) -> [(name: String, value: String)] {
        guard usesSession else { return [] }
        if let session {
            return [("Cookie", session)] + (finishing ? [("IBSession", "finish")] : [])
        }
        return isSessionLost ? [] : [("IBSession", "start")]
    }

    private static func sessionCookie(_ response: HTTPResponse) -> String? {
        response.headers("Set-Cookie").first { $0.lowercased().hasPrefix("ibsession=") }
            .map { String($0.prefix { $0 != ";" }) }
    }
}
