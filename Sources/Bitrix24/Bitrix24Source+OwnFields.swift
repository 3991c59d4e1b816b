public import Collection
public import Records

extension Bitrix24Source {
    /// User fields that the mapping does not read and that are called like a field of the entity.
    ///
    /// Those that refer to something else (`crm`, `employee`, `enumeration`, files) say no value and
    /// are left out.
    ///
    /// - Throws: ``CollectionError`` when the portal does not describe its fields.
    public func ownFields(of entity: EntityDefinition) async throws -> [OwnFieldProposal] {
        guard let section = mapping[entity.name] else { return [] }
        do {
            return try await ownFields(section, entity, client())
        } catch let unknown as UnknownMethod {
            throw unknown.error
        } catch let broken as BrokenText {
            throw broken.error
        }
    }

    func ownFields(
        _ section: EntityMapping, _ entity: EntityDefinition, _ client: PortalClient
    ) async throws -> [OwnFieldProposal] {
        guard let description = section.description else { return [] }
        let read = Set(section.selection.names)
        let candidates = try await client.fieldDescriptions(description)
            .filter { $0.isOwn && $0.saysValues && !read.contains($0.name) }
            .map { OwnFieldProposal.Candidate(member: $0.name, label: $0.label) }
        return OwnFieldProposal.recognise(candidates, as: entity)
    }
}

/// A field as a portal describes it.
struct PortalFieldDescription {
    /// The member of a row.
    let name: String
    /// What people call it; of a user field the `title` is its name again.
    let label: String
    /// Whether people added it.
    let isOwn: Bool
    /// Whether its values say something by themselves.
    let saysValues: Bool

    private static let typesOfValues: Set<String> = [
        "string", "integer", "double", "money", "date", "datetime", "boolean", "char", "url",
        "address",
    ]

    init(_ name: String, _ description: JSONValue) {
        func text(_ key: String) -> String? {
            description[key]?.string.flatMap { $0.isEmpty ? nil : $0 }
        }
        self.name = name
        label = text("formLabel") ?? text("listLabel") ?? text("title") ?? name
        isOwn = description["isDynamic"]?.boolean ?? name.hasPrefix("UF_")
        saysValues = text("type").map(Self.typesOfValues.contains) ?? true
    }
}

extension PortalClient {
    /// What a method such as `crm.company.fields` says of fields, in the portal's order.
    func fieldDescriptions(_ method: String) async throws -> [PortalFieldDescription] {
        let result = try await list(ListRequest(ListMethod(method))).result
        return (result["fields"]?.members ?? result.members)
            .map { PortalFieldDescription($0.name, $0.value) }
    }
}
