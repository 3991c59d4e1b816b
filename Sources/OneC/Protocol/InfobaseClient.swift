internal import Collection

/// Asks one infobase in one reading.
actor InfobaseClient {
    /// How to ask.
    struct Settings: Sendable {
        var usesSession = false
        var isAllowedOnly = false
        /// How long maintenance, busy sessions and missing licences are waited out.
        var patience = Duration.seconds(3_600)
        var clock = MonotonicClock.system
    }

    let address: InfobaseAddress
    let pipeline: RequestPipeline
    let state: InfobaseState
    let settings: Settings
    /// The cookies of sessions that this client has started and that no request of its own uses now: 1C
    /// answers one request in a session after another.
    var freeSessions: [String] = []
    /// Whether no further session is started: the infobase lost one, or had none to give.
    var isSessionLost = false
    /// Whether the infobase refused JSON and is asked for Atom.
    private(set) var readsAtom = false
    /// Whether the infobase has `$count` for virtual tables, as far as is known.
    private var countsVirtualTables = true
    /// How often it was waited for an infobase that was closed, beside the pipeline's own pauses.
    var waits = 0

    init(
        address: InfobaseAddress, pipeline: RequestPipeline, state: InfobaseState,
        settings: Settings
    ) {
        self.address = address
        self.pipeline = pipeline
        self.state = state
        self.settings = settings
    }

    var traffic: Traffic {
        get async {
            var traffic = await pipeline.traffic
            traffic.retries += waits
            return traffic
        }
    }

    /// What the infobase publishes.
    func metadata() async throws -> InfobaseMetadata {
        let label = address.label
        return try await state.metadata { [self] in
            try await send("$metadata", path: ["$metadata"], query: { _ in [] }) { response in
                do throws(MetadataReader.Fault) {
                    return try MetadataReader.read(response.body)
                } catch {
                    switch error {
                    case .notMetadata(let root):
                        // A proxy that restarts answers with a page, too: it may pass.
                        throw RefusedAnswer.transient(
                            CollectionError(
                                .misconfigured,
                                "\(label) answered $metadata with a page (<\(root)>) instead of "
                                    + "metadata. A login page of a proxy? Check address and access."
                            ))
                    case .broken(let place):
                        throw RefusedAnswer.transient(
                            CollectionError(
                                .malformed,
                                "\(label) answered $metadata with broken XML (\(place)). Run "
                                    + "later."))
                    }
                }
            }
        }
    }

    /// The number of rows, by 1C's own count.
    ///
    /// The rows of virtual tables have no `$count` everywhere; what `$inlinecount` says beside one
    /// of them stands in then.
    ///
    /// - Parameters:
    ///   - resource: What is counted.
    ///   - select: The value of `$select` with which rows are read.
    /// - Returns: `nil` when the infobase cannot count rows of this kind.
    /// - Throws: ``CollectionError`` of the last try.
    func count(of resource: ODataResource, select: String) async throws -> Int? {
        if !resource.isVirtual || countsVirtualTables {
            if let count = try await ownCount(of: resource) { return count }
            countsVirtualTables = false
        }
        return try await inlineCount(of: resource, select: select)
    }

    private func ownCount(of resource: ODataResource) async throws -> Int? {
        let label = address.label
        let name = resource.label
        let options = Self.filter(resource) + allowedOnly
        return try await send(
            "$count of \(name)", path: resource.path + ["$count"], query: { _ in options },
            isOptional: resource.isVirtual
        ) {
            let digits = $0.body.filter { $0 &- 0x30 < 10 }
            let others = $0.body.filter { $0 &- 0x30 >= 10 && $0 > 0x20 }
            // A byte order mark stands before the digits.
            guard let count = Int(String(decoding: digits, as: UTF8.self)),
                others.isEmpty || others == [0xEF, 0xBB, 0xBF]
            else {
                throw RefusedAnswer.transient(
                    CollectionError(
                        .malformed,
                        "\(label) answered $count of \(name) with something else than a number. "
                            + "Run later."))
            }
            return count
        }
    }

    private func inlineCount(of resource: ODataResource, select: String) async throws -> Int? {
        do {
            return try await readInlineCount(of: resource, select: select)
        } catch is JSONRefused {
            readsAtom = true
            return nil
        }
    }

    private func readInlineCount(
        of resource: ODataResource, select: String
    ) async throws -> Int? {
        guard !readsAtom else { return nil }
        let options =
            [
                (name: "$format", value: "application/json;odata=nometadata"),
                (name: "$select", value: select), (name: "$inlinecount", value: "allpages"),
                (name: "$top", value: "1"),
            ] + Self.filter(resource) + allowedOnly
        let (label, name) = (address.label, resource.label)
        let count = try await send(
            "count of \(name)", path: resource.path, query: { _ in options }, isOptional: true
        ) { response -> Int? in
            if AtomFeed.isFeed(response.body) { return nil }
            // An answer that was cut off says nothing of whether the infobase counts.
            guard let document = try? JSONDocument(parsing: response.body) else {
                throw RefusedAnswer.transient(
                    CollectionError(
                        .malformed,
                        "\(label) answered the count of \(name) with broken JSON. Run later."))
            }
            return document.root["odata.count"]?.scalarText.flatMap { Int($0) }
        }
        return count ?? nil
    }

    /// What to read of a resource.
    struct Page: Sendable {
        /// The value of `$select`.
        var select: String
        /// The value of `$orderby`.
        var orderBy: String
        /// How many rows to pass over.
        var skip = 0
        /// How many to ask for; fewer when that failed.
        var top: Int
    }

    /// One page of a resource, as it came.
    ///
    /// - Returns: The rows and the length of the answer.
    /// - Throws: ``CollectionError`` of the last try.
    func page(
        _ page: Page, of resource: ODataResource
    ) async throws -> (rows: [JSONValue], bytes: Int) {
        do {
            return try await read(page, of: resource)
        } catch is JSONRefused {
            readsAtom = true
            return try await read(page, of: resource)
        }
    }

    private func read(
        _ page: Page, of resource: ODataResource
    ) async throws -> (rows: [JSONValue], bytes: Int) {
        let (label, readsAtom) = (address.label, readsAtom)
        var common = [(name: "$select", value: page.select)]
        if !readsAtom {
            common.insert(("$format", "application/json;odata=nometadata"), at: 0)
        }
        if !page.orderBy.isEmpty { common.append(("$orderby", page.orderBy)) }
        common += Self.filter(resource)
        common.append(("$skip", String(page.skip)))
        common += allowedOnly
        let options = common
        return try await send("entities of \(resource.label)", path: resource.path) { failures in
            options + [(name: "$top", value: String(Self.reduced(page.top, after: failures)))]
        } judge: { response in
            let answer = PageAnswer(resource: resource, label: label)
            return (try answer.rows(in: response), response.body.count)
        }
    }

    /// A page of a size that just failed may be too much for the server: the second failure in a
    /// row and each further one ask for a quarter.
    private static func reduced(_ top: Int, after failures: Int) -> Int {
        failures < 2 ? top : max(1, top >> min(30, 2 * (failures - 1)))
    }

    /// The answer of an HTTP service of the infobase.
    func service(
        _ path: String, query: [(name: String, value: String)]
    ) async throws -> (document: JSONDocument, bytes: Int) {
        let label = address.label
        guard let request = address.service(path, query: query) else {
            throw CollectionError(
                .malformed,
                "\(label) names the next part of a list at another address, which is not asked with "
                    + "the infobase's password. Ask who wrote the service.")
        }
        return try await send(path, query: { _ in query }, request: { _ in request }) {
            response in
            (try ServiceAnswer.document(in: response, of: path, at: label), response.body.count)
        }
    }

    /// Gives the sessions back that were started; what the infobase says to it does not matter.
    func finish() async {
        while let session = freeSessions.popLast() {
            let request = address.request(
                [], headers: sessionHeaders(session) + [("IBSession", "finish")])
            _ = try? await pipeline.send(
                "end of session", unreachableTries: 1, request: { _ in request }
            ) { _ in () }
        }
    }

    private static func filter(_ resource: ODataResource) -> [(name: String, value: String)] {
        resource.filter.map { [(name: "$filter", value: $0)] } ?? []
    }

    private var allowedOnly: [(name: String, value: String)] {
        settings.isAllowedOnly ? [(name: "allowedOnly", value: "true")] : []
    }
}
