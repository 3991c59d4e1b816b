internal import Collection
internal import Records

/// What the portal's own descriptions (`crm.*.fields`) say that a section's records consist of.
struct DescribedFields: Sendable {
    /// The members of the section's list.
    private let own: Set<String>
    /// The members of related lists that the portal describes.
    private let related: [String: Set<String>]
    /// Members that no description has: what related lists and properties stand for.
    private let others: Set<String>

    /// Asks for the descriptions that the mapping names.
    ///
    /// - Returns: `nil` where it names none for its list, or the portal does not give it.
    /// - Throws: ``CollectionError`` when the portal does not answer.
    static func read(
        of mapping: EntityMapping, client: PortalClient
    ) async throws -> DescribedFields? {
        // Of rows inside of what is listed no description tells.
        guard mapping.rows == nil, let description = mapping.description,
            let own = try await members(of: description, client: client)
        else { return nil }
        var related: [String: Set<String>] = [:]
        for (name, description) in mapping.neededDescriptions {
            related[name] = try await members(of: description, client: client)
        }
        return DescribedFields(
            own: own, related: related,
            others: Set(mapping.related.map(\.name) + mapping.properties.map(\.name)))
    }

    /// What is asked for the descriptions that the mapping names.
    static func requests(of mapping: EntityMapping) -> [ListRequest] {
        guard mapping.rows == nil, let description = mapping.description else { return [] }
        let all = [description] + mapping.neededDescriptions.map(\.description)
        return all.map { ListRequest(ListMethod($0)) }
    }

    /// Whether the portal knows what a path leads to, as far as it describes it.
    func isThere(_ path: MappingPath) -> Bool {
        let names = path.memberNames
        guard let first = names.first else { return true }
        guard others.contains(first) else { return own.contains(first) }
        guard names.count > 1, let members = related[first] else { return true }
        return members.contains(names[1]) || others.contains(names[1])
    }

    /// The members that a description names; `nil` where the portal does not give it.
    static func members(
        of description: String, client: PortalClient
    ) async throws -> Set<String>? {
        guard let answer = try await client.refusable(ListRequest(ListMethod(description))) else {
            return nil
        }
        let members = answer.result["fields"]?.members ?? answer.result.members
        let names = Set(members.map(\.name))
        return names.isEmpty ? nil : names
    }
}

extension EntityMapping {
    /// Where lists are described that hold the id or mandatory fields, by their names.
    fileprivate var neededDescriptions: [(name: String, description: String)] {
        let needed = Set(neededPaths.compactMap(\.memberNames.first))
        return related.compactMap { list in
            guard list.parent == nil, needed.contains(list.name) else { return nil }
            return list.description.map { (name: list.name, description: $0) }
        }
    }

    /// The places of the id and of mandatory fields.
    fileprivate var neededPaths: [MappingPath] {
        id.paths + fields.filter(\.isMandatory).flatMap(\.expression.paths)
    }
}
