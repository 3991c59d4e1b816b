internal import Collection
internal import Records

/// Reads one section of an entity: one list, or the same list of several catalogues, with the
/// related lists of each portion.
final class SectionReading {
    let mapping: EntityMapping
    let method: ListMethod
    /// The number of objects that the portal named before; `nil` when it cannot be told.
    let announced: Int?
    /// The lists to read, in order.
    private var lists: [ListReading]
    private var current = 0
    private let related: [RelatedReading]
    private let client: PortalClient
    private let id: String
    private let idKey: JSONKey
    /// The members that stand for the mapping's properties; none for those that were not found.
    let properties: [String: [String]]
    /// What a person should know about them.
    let remarks: [String]
    private let propertyDoubts: [Certificate.Doubt]

    /// Objects read so far, whatever became of them.
    private(set) var listed = 0

    /// Begins a section with the numbers of its objects.
    init(
        _ mapping: EntityMapping, client: PortalClient, catalogues: PortalCatalogues,
        lists known: RelatedReadings, window: ReadingWindow? = nil
    ) async throws {
        self.mapping = mapping
        self.client = client
        method = ListMethod(mapping.list)
        id = method.idName
        idKey = JSONKey(id)
        let selection = mapping.selection
        related = mapping.related.map {
            known.reading($0, select: Self.select(of: $0, in: mapping), client: client)
        }
        let names = Set(mapping.related.map(\.name))
        var select = selection.names.filter { !names.contains($0) }
        for name in [id] + mapping.related.filter({ $0.parent == nil }).compactMap(\.by)
        where !select.contains(name) {
            select.insert(name, at: 0)
        }
        let found = try await catalogues.properties(of: mapping)
        // Numbers ascend, and each portal compares them; moments only some compare as they should.
        let least = method.paging == .cursor ? window?.leastNumber : nil
        remarks =
            found.remarks
            + (least.map {
                ["Only objects from number \($0) on were read: the rest was read before."]
            } ?? [])
        propertyDoubts = found.doubts
        var (properties, members): ([String: [String]], [String: [String: String]]) = ([:], [:])
        for name in mapping.properties.map(\.name) {
            members[name] = found.members[name] ?? [:]
            properties[name] = Array(Set(members[name, default: [:]].values)).sorted()
        }
        self.properties = properties
        lists = []
        for request in try await catalogues.requests(
            method, select: select, properties: members)
        {
            var request = request
            // With another sign than the pages' own condition, which stands beside it.
            if let least { request.filter.append((">=" + id, .text(String(least)))) }
            lists.append(try await ListReading(request, id: id, client: client))
        }
        announced = lists.reduce(0) { sum, list in
            sum.flatMap { sum in list.announced.map { sum + $0 } }
        }
    }

    /// Whether each object comes once by the way of reading, so that ids need not be remembered.
    var isOrdered: Bool { lists.count <= 1 && method.paging == .cursor }

    /// Whether two objects may give records of one id, as two requisites of one contact do.
    var mayRepeatRecords: Bool {
        mapping.rows != nil || mapping.id != .path(MappingPath(steps: [.member(id)]))
    }

    /// Objects that were created while reading; `nil` when it cannot be told.
    var appeared: Int? {
        lists.reduce(0) { sum, list in sum.flatMap { sum in list.appeared.map { sum + $0 } } }
    }

    /// Reads the related lists that are read as a whole.
    ///
    /// - Returns: The pages read.
    func begin() async throws -> Int {
        // Without objects nothing belongs to them.
        guard announced != 0 else { return 0 }
        var pages = 0
        for list in related { pages += try await list.begin() }
        return pages
    }

    /// What speaks against the completeness of related lists and of what properties say.
    var doubts: [Certificate.Doubt] { propertyDoubts + related.compactMap(\.doubt) }

    /// The next objects, each with what belongs to it; `nil` at the end.
    func next() async throws -> ListReading.Portion? {
        while current < lists.count {
            if var portion = try await lists[current].next() {
                listed += portion.rows.count { $0[idKey]?.isScalar == true } + portion.unreadable
                portion.rows = try await joined(portion.rows)
                return portion
            }
            current += 1
        }
        return nil
    }

    /// What the portal is asked for the number of objects.
    var countings: [ListRequest] { lists.map(\.counting) }

    /// The number of objects that the portal names after reading, as it was just asked.
    func countAgain() async throws -> Int? {
        var sum = 0
        for list in lists {
            guard let count = try await list.countAgain(isNow: false) else { return nil }
            sum += count
        }
        return sum
    }

    /// The id of an object; `nil` when it has none.
    func id(of object: JSONValue) -> String? { object[idKey]?.scalarText }

    /// The rows with what belongs to them.
    private func joined(_ rows: [JSONValue]) async throws -> [JSONValue] {
        guard !related.isEmpty else { return rows }
        let payloads = JoinedPayloads(related: try await owned(by: nil, rows))
        return payloads.values(of: rows)
    }

    /// What the related lists of a parent give for its objects, and what belongs to that.
    private func owned(
        by parent: String?, _ objects: [JSONValue]
    ) async throws -> [JoinedPayloads.Related] {
        var lists: [JoinedPayloads.Related] = []
        for reading in related where reading.list.parent == parent {
            let list = reading.list
            guard let member = list.by ?? idName(of: parent) else { continue }
            let owners = OwnerNumbers(of: objects, JSONKey(member))
            guard !owners.ids.isEmpty else { continue }
            let rows = try await reading.rows(of: owners.ids)
            lists.append(
                JoinedPayloads.Related(
                    name: JSONName(list.name), rows: rows, owners: owners.numbers,
                    children: try await owned(by: list.name, rows.rows)))
        }
        return lists
    }

    /// The member that holds the id of the section's objects, or of a related list's rows.
    private func idName(of list: String?) -> String? {
        guard let list else { return id }
        return mapping.related.first { $0.name == list }?.id
    }

    /// The members to name in a request for a related list.
    static func select(of list: RelatedList, in mapping: EntityMapping) -> [String] {
        var lineage = [list.name]
        var parent = list.parent
        while let name = parent, let list = mapping.related.first(where: { $0.name == name }) {
            lineage.insert(name, at: 0)
            parent = list.parent
        }
        var inside = lineage.reduce(mapping.selection) { $0[$1] }
        let bys = mapping.related.filter { $0.parent == list.name }.compactMap(\.by)
        for name in [list.id, list.owner].compactMap({ $0 }) + list.filter.map(\.member)
            + list.order + bys
        {
            inside.insert(name: name)
        }
        let children = Set(mapping.related.filter { $0.parent == list.name }.map(\.name))
        return inside.names.filter { !children.contains($0) }
    }
}
