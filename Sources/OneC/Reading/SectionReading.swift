internal import Collection
internal import Foundation
internal import Records

/// One reading of one section of a mapping: what its records refer to first, then the records.
struct SectionReading {
    private let client: InfobaseClient
    private let mapping: EntityMapping
    private let metadata: InfobaseMetadata
    private let settings: OneCSource.Settings
    private var list: ListReading
    private let id: String
    private var related: [RelatedRows] = []
    /// What the mapping's lookups say.
    private(set) var lookups = LookupTables()
    /// What speaks against completeness.
    private(set) var doubts: [Certificate.Doubt] = []
    /// What a person should know.
    private(set) var remarks: [String] = []

    /// Begins a reading; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - mapping: The section.
    ///   - metadata: What the infobase publishes.
    ///   - client: Asks the infobase.
    ///   - settings: How to read.
    ///   - moment: The time at which registers are looked at, by the infobase's clock.
    /// - Throws: ``CollectionError`` when the list or a mandatory field is not published.
    init(
        _ mapping: EntityMapping, metadata: InfobaseMetadata, client: InfobaseClient,
        settings: OneCSource.Settings, moment: String
    ) throws(CollectionError) {
        let label = client.address.label
        let fit = SectionFit(mapping, metadata: metadata)
        guard let shape = fit.shape, let selection = fit.selection else {
            throw .notPublished(mapping.list, at: label, setCount: metadata.setCount)
        }
        if let lost = fit.lostFields.first { throw .lost(lost, of: mapping.list, at: label) }
        self.client = client
        self.mapping = mapping
        self.metadata = metadata
        self.settings = settings
        id = selection.key.first ?? ""
        let resource = ODataResource(shape: shape)
            .telling(mapping.arguments, moment: moment)
            .restricted(by: Self.condition(settings, mapping, shape))
        list = ListReading(
            client: client, resource: resource, selection: selection, limits: settings.limits)
        if !fit.lostOptional.isEmpty {
            remarks.append(
                "\(label) does not publish \(fit.lostOptional.joined(separator: ", ")); those "
                    + "fields are empty.")
        }
        if !fit.lostCurrencies.isEmpty {
            remarks.append(
                "\(label) does not publish \(fit.lostCurrencies.joined(separator: ", ")); those "
                    + "amounts are taken for roubles.")
        }
    }

    /// The condition that leaves out what a window need not have; `nil` to read everything.
    private static func condition(
        _ settings: OneCSource.Settings, _ mapping: EntityMapping, _ shape: ListShape
    ) -> String? {
        let type = "Edm.DateTime"
        guard let window = settings.window, let member = window.member(in: mapping),
            shape.properties[member] == type
        else { return nil }
        let moment = OneCSource.wallClock(window.since, in: settings.timeZone)
        return "\(member) ge \(ODataResource.literal(moment, type: type))"
    }

    /// The number of rows that 1C names before and after.
    var announced: Int? { list.announced }
    var announcedAfter: Int? { list.announcedAfter }
    var repeatedCount: Int { list.repeatedCount }
    var alikeCount: Int { list.alikeCount }
    var withoutKey: Int { list.withoutKey }
    var rowCount: Int { list.rowCount }

    /// Reads what the records refer to.
    ///
    /// - Returns: The pages that were read.
    mutating func prepare() async throws -> Int {
        var pages = 0
        for lookup in mapping.lookups {
            var tables = lookups
            lookups = LookupTables()
            let mapping = mapping
            let read = try await readAll(
                lookup.list, lookup.selection, filter: lookup.filter, order: []
            ) { tables.fill(lookup, of: mapping, with: $0) }
            pages += read.pages
            if !read.isWhole { tables.markPartial(lookup.name) }
            lookups = tables
        }
        let own = mapping.selection
        for related in mapping.related where related.parent == nil {
            var selection = own[related.name]
            selection.insert(name: related.owner)
            let rows = RelatedRows(related)
            pages += try await readAll(
                related.list, selection, filter: related.filter, order: related.order
            ) { try rows.append($0) }.pages
            self.related.append(rows)
        }
        return pages
    }

    /// The next records, with what belongs to them; `nil` when all were read.
    mutating func next() async throws -> [JSONValue]? {
        let rows = try await list.next()
        if rows == nil || !list.doubts.isEmpty {
            for doubt in list.doubts where !doubts.contains(doubt) { doubts.append(doubt) }
            remarks += list.remarks.filter { !remarks.contains($0) }
        }
        guard let rows else { return nil }
        do {
            return try related.joined(to: rows, id: id)
        } catch let error as JSONError {
            throw CollectionError(
                .malformed,
                "\(client.address.label): records of \(mapping.list) and what belongs to them do "
                    + "not join (\(error)). Nothing of the page was taken; run later.")
        }
    }

    /// Reads a further list to its end.
    ///
    /// - Returns: The pages that were read, and whether those are all that there is.
    private mutating func readAll(
        _ name: String, _ selection: MappingSelection, filter: [RelatedList.Filter],
        order: [String], take: ([JSONValue]) throws -> Void
    ) async throws -> (pages: Int, isWhole: Bool) {
        let shape = metadata.shape(of: name)
        guard let shape, filter.allSatisfy({ shape.properties[$0.member] != nil }) else {
            remarks.append(
                "\(client.address.label) does not publish \(name), or not what it is searched by; what "
                    + "\(mapping.list) refers to there is not known.")
            return (0, false)
        }
        let names = ListSelection(selection, id: selection.names, shape: shape)
        var resource = ODataResource(shape: shape)
        for condition in filter {
            let literal = ODataResource.literal(
                condition.value, type: shape.properties[condition.member] ?? "")
            resource.conditions.append("\(condition.member) eq \(literal)")
        }
        var reading = ListReading(
            client: client, resource: resource, selection: names,
            order: order.filter { shape.properties[$0] != nil }, limits: settings.limits)
        while let rows = try await reading.next() { try take(rows) }
        remarks += reading.remarks
        for doubt in reading.doubts {
            doubts.append(.partial(detail: "\(name): \(doubt.summary)"))
        }
        return (reading.pageCount, reading.doubts.isEmpty)
    }
}

extension ODataResource {
    /// The resource with what its virtual table is told: the moment, and a mapping's own arguments.
    func telling(_ arguments: [MappingArgument], moment: String) -> ODataResource {
        guard isVirtual else { return self }
        var resource = self
        let isAtMoment = ["/Balance", "/SliceLast", "/SliceFirst"].contains {
            shape.list.hasSuffix($0)
        }
        // Without a moment, each page would be of another one.
        if isAtMoment, !arguments.contains(where: { $0.name == "Period" }) {
            resource.arguments.append(("Period", "datetime'\(moment)'"))
        }
        for argument in arguments {
            resource.arguments.append((argument.name, Self.literal(argument.value)))
        }
        return resource
    }
}

extension CollectionError {
    /// A list that a mapping reads is not there.
    static func notPublished(
        _ list: String, at label: String, setCount: Int
    ) -> CollectionError {
        CollectionError(
            .misconfigured,
            "\(label) does not publish \(list) (\(setCount) sets are published). Tick it in the "
                + "infobase's OData settings, or mend the mapping.")
    }
}

extension Certificate.Doubt {
    /// The doubt in a few words, for those of further lists.
    fileprivate var summary: String {
        switch self {
        case .countDiffers(let announced, let delivered):
            "\(announced) rows were announced and \(delivered) read"
        case .changedWhileReading(let before, let after):
            "it had \(before) rows before and \(after) after"
        case .partial(let detail), .rightsLost(let detail): detail
        case .suddenDrop(let previous, let current): "it fell from \(previous) to \(current) rows"
        case .recordsSkipped(let count): "\(count) rows were left out"
        }
    }
}
