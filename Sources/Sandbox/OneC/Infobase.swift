internal import Synchronization

/// A 1C infobase behind its standard OData interface.
final class Infobase: Sendable {
    let options: InfobaseOptions
    private let world: @Sendable () -> World
    private let now: @Sendable () -> Double
    private let faults: FaultSwitches
    private let published = Mutex<(world: World, sets: [any ODataSet])?>(nil)

    init(
        options: InfobaseOptions, world: @escaping @Sendable () -> World,
        now: @escaping @Sendable () -> Double, faults: FaultSwitches
    ) {
        self.options = options
        self.world = world
        self.now = now
        self.faults = faults
    }

    /// The sets of the world as it is now; the same ones until it changes.
    private var sets: [any ODataSet] {
        let world = world()
        return published.withLock { published in
            if let published, published.world === world { return published.sets }
            let sets: [any ODataSet] = [CounterpartySet(world), ContactKindSet(), CountrySet()]
            published = (world, sets)
            return sets
        }
    }

    /// Answers a request; `path` holds the decoded segments after `standard.odata`.
    func respond(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        let expected = "Basic " + Base64.encoded("\(options.login):\(options.password)".utf8)
        guard request.authorization == expected else {
            return SandboxReply(
                status: 401, headers: [("WWW-Authenticate", "Basic realm=\"1C:Enterprise 8.3\"")],
                contentType: "text/plain; charset=utf-8",
                body: Array("Идентификация пользователя не выполнена".utf8))
        }
        let isJSON =
            ODataOptions.format(query: request.query, accept: request.accept)?.isJSON ?? false
        do throws(ODataError) {
            guard request.method == "GET" || request.method == "HEAD" else {
                throw .methodNotAllowed
            }
            return try answer(request, path: path)
        } catch {
            return error.reply(isJSON: isJSON)
        }
    }

    private func answer(
        _ request: SandboxRequest, path: [String]
    ) throws(ODataError) -> SandboxReply {
        let root = "\(request.origin)/\(options.base)/odata/standard.odata"
        guard let first = path.first, !first.isEmpty else {
            return serviceDocument(request, root: root)
        }
        if first == "$metadata", path.count == 1 {
            return SandboxReply(
                contentType: "application/xml;charset=utf-8", body: Metadata(sets: sets).document)
        }
        let name = first.prefix { $0 != "(" }
        guard let set = sets.first(where: { $0.name == name }) else {
            throw .unknownSet(String(name))
        }
        let options = try ODataOptions(query: request.query, accept: request.accept)
        if name.endIndex < first.endIndex {
            guard path.count == 1 else { throw .unknownSegment(path[1]) }
            return try entity(set, key: first[name.endIndex...], options, root: root)
        }
        if path.count == 2, path[1] == "$count" { return try count(set, options) }
        guard path.count == 1 else { throw .unknownSegment(path[1]) }
        return try collection(set, options, root: root)
    }

    // MARK: Answers

    private func collection(
        _ set: any ODataSet, _ options: ODataOptions, root: String
    ) throws(ODataError) -> SandboxReply {
        let selection = try ODataSelection(options.select, of: set)
        let rows = try set.orders.rows(of: set, filter: options.filter, orderBy: options.orderBy)
        var page = rows[...]
        let isWhole = options.hasInlineCount && self.options.inlineCountIgnoresPaging
        let isRepeated = faults.takes(.repeatedPage, system: .onec, subject: set.name)
        if !isWhole {
            if !isRepeated { page = page.dropFirst(options.skip) }
            if let top = options.top { page = page.prefix(top) }
        }
        let count = options.hasInlineCount ? rows.count : nil
        if options.format.isJSON {
            let json = ODataJSON(set, selection, options.format, root: root)
            return reply(json.collection(page, count: count))
        }
        let atom = ODataAtom(set: set, selection: selection, root: root, updated: wallClock)
        return SandboxReply(
            contentType: "application/atom+xml;type=feed;charset=utf-8",
            body: atom.collection(page, count: count))
    }

    private func entity(
        _ set: any ODataSet, key: Substring, _ options: ODataOptions, root: String
    ) throws(ODataError) -> SandboxReply {
        var text = key.dropFirst().dropLast()
        guard key.hasSuffix(")") else { throw .unknownSegment(String(key)) }
        if text.hasPrefix("Ref_Key=") { text = text.dropFirst(8) }
        guard text.hasPrefix("guid'"), text.hasSuffix("'"),
            let guid = GUID(text.dropFirst(5).dropLast())
        else { throw ODataError(400, code: 1, "Ошибка при разборе строки") }
        let selection = try ODataSelection(options.select, of: set)
        guard let row = set.orders.row(of: guid, in: set) else { throw .unknownKey }
        if options.format.isJSON {
            return reply(ODataJSON(set, selection, options.format, root: root).entity(row))
        }
        let atom = ODataAtom(set: set, selection: selection, root: root, updated: wallClock)
        return SandboxReply(
            contentType: "application/atom+xml;type=entry;charset=utf-8", body: atom.entity(row))
    }

    private func count(
        _ set: any ODataSet, _ options: ODataOptions
    ) throws(ODataError) -> SandboxReply {
        let count =
            options.filter == nil
            ? set.count
            : try set.orders.rows(of: set, filter: options.filter, orderBy: nil).count
        return SandboxReply(
            contentType: "text/plain;charset=utf-8",
            body: PlatformAnswer.mark + Array(String(count).utf8))
    }

    private func serviceDocument(_ request: SandboxRequest, root: String) -> SandboxReply {
        let format = ODataOptions.format(query: request.query, accept: request.accept)
        if format?.isJSON == true {
            let entries = sets.map { "{\"name\":\"\($0.name)\",\"url\":\"\($0.name)\"}" }
            return reply(
                Array(
                    "{\"odata.metadata\":\"\(root)/$metadata\",\"value\":[\(entries.joined(separator: ","))]}"
                        .utf8))
        }
        let entries = sets.map {
            "\t\t<collection href=\"\($0.name)\"><atom:title>\($0.name)</atom:title></collection>\r\n"
        }
        return SandboxReply(
            contentType: "application/xml;charset=utf-8",
            body: Array(
                """
                <?xml version="1.0" encoding="UTF-8"?>\r
                <service xmlns="http://www.w3.org/2007/app" xmlns:atom="http://www.w3.org/2005/Atom" \
                xml:base="\(root)">\r
                \t<workspace><atom:title>Default</atom:title>\r
                \(entries.joined())\t</workspace>\r
                </service>
                """.utf8))
    }

    private func reply(_ json: [UInt8]) -> SandboxReply {
        SandboxReply(contentType: "application/json;charset=utf-8", body: json)
    }

    private var wallClock: String { Moment.local(Int64(now())) }
}
