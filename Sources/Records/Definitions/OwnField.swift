/// Where one system keeps a field that people added to it: `other_id` in `UF_CRM_1594384571`.
public struct OwnField: Hashable, Sendable {
    /// The entity.
    public var entity: EntityName
    /// The entity's field that is read from there.
    public var field: FieldName
    /// The place in a record's payload.
    public var path: MappingPath

    /// Makes a place of a field.
    public init(entity: EntityName, field: FieldName, path: MappingPath) {
        self.entity = entity
        self.field = field
        self.path = path
    }
}

extension MappingDefinition {
    /// The mapping for a system with fields of its own.
    ///
    /// Each counts before what the mapping says of the field, which is still read where it is empty;
    /// of a field with several values, all are taken. Where several lists give an entity, its first
    /// list is meant, by whichever way it is read.
    ///
    /// - Parameters:
    ///   - own: The fields; what is not mapped or not known is passed over.
    ///   - definitions: The entities.
    /// - Returns: The mapping that reads them too.
    public func reading(
        _ own: [OwnField], of definitions: [EntityDefinition]
    ) -> MappingDefinition {
        var mapping = self
        for own in own {
            guard let place = entities.firstIndex(where: { $0.entity == own.entity }),
                let definition = definitions.first(where: { $0.name == own.entity }),
                let field = definition.fields.first(where: { $0.name == own.field })
            else { continue }
            mapping.entities[place].read(own.path, as: field)
        }
        return mapping
    }
}

extension EntityMapping {
    fileprivate mutating func read(_ path: MappingPath, as field: FieldDefinition) {
        for place in (older ?? []).indices where older?[place].list == list {
            older?[place].read(path, as: field)
        }
        guard let index = fields.firstIndex(where: { $0.name == field.name }) else {
            return fields.append(FieldMapping(name: field.name, expression: .path(path)))
        }
        let both = [.path(path), fields[index].expression]
        fields[index].expression = field.isMultiple ? .allOf(both) : .firstOf(both)
    }
}
