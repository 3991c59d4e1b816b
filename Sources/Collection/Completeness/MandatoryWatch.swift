internal import Records

/// Watches whether records have the places that an entity cannot do without, where the source does
/// not describe what its records consist of.
///
/// One record that has a place is enough: others may leave out what is empty. A list without records
/// tells nothing, and loses nothing.
struct MandatoryWatch: Sendable {
    private let mapping: EntityMapping
    /// Members that other lists put into the records, or that stand for names of another kind.
    private let foreign: Set<String>
    /// The places that no record had yet.
    private var missing: [MappingPath]
    private var hasSeenRecords = false

    init(_ mapping: EntityMapping) {
        self.mapping = mapping
        foreign = Set(mapping.related.map(\.name) + mapping.properties.map(\.name))
        let mandatory = mapping.fields.filter(\.isMandatory).flatMap(\.expression.paths)
        missing = mapping.id.paths
        for path in mandatory where !missing.contains(path) { missing.append(path) }
        let foreign = foreign
        missing.removeAll { $0.memberNames.first.map(foreign.contains) ?? true }
    }

    /// Looks at a record.
    mutating func look(at payload: JSONValue) {
        hasSeenRecords = true
        guard !missing.isEmpty else { return }
        missing.removeAll { Self.has($0.steps[...], in: payload) }
    }

    /// What no record had; nothing when there was none.
    var lost: [LostField] {
        guard hasSeenRecords, !missing.isEmpty else { return [] }
        return mapping.lostFields { !missing.contains($0) }
    }

    private static func has(
        _ steps: ArraySlice<MappingPath.Step>, in value: JSONValue
    ) -> Bool {
        guard let step = steps.first else { return true }
        if value.kind == .array { return value.elements.contains { has(steps, in: $0) } }
        // What chooses among rows says nothing of what the rows consist of.
        guard case .member(let name) = step else { return has(steps.dropFirst(), in: value) }
        // The text of an element that has nothing else is the element itself.
        if name == "text()", value.kind == .string { return true }
        return value[name].map { has(steps.dropFirst(), in: $0) } ?? false
    }
}
