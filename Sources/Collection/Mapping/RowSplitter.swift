internal import Records

/// Makes payloads of the rows inside an object.
struct RowSplitter: Sendable {
    private let rows: MappingRows
    private let paths: [[CompiledStep]]
    private let around: JSONName
    /// What of a row's own members is left out: the name under which stands what is around it.
    private let aroundName: ComparedTexts
    /// The members of an object that lead to its rows; they are left out of what is around a row,
    /// or a payload would grow with the number of its neighbours.
    private let leadingMembers: ComparedTexts

    init(_ rows: MappingRows, _ lookups: LookupTables = LookupTables()) {
        self.rows = rows
        paths = rows.paths.map { $0.steps.map { CompiledStep($0, lookups) } }
        around = JSONName(rows.around)
        aroundName = ComparedTexts([rows.around])
        leadingMembers = ComparedTexts(
            rows.paths.compactMap { path in
                if case .member(let name) = path.steps.first { name } else { nil }
            })
    }

    /// The payload of each row: its own members, and what is around it under the mapping's name.
    func payloads(of object: JSONValue) -> [JSONValue] {
        var found: [(row: JSONValue, path: MappingPath)] = []
        for (path, steps) in zip(rows.paths, paths) where !rows.isFirstOnly || found.isEmpty {
            for value in Self.values(reachedBy: steps, from: object) {
                if value.kind == .array {
                    for row in value.elements where !row.isNull { found.append((row, path)) }
                } else if !value.isNull {
                    found.append((value, path))
                }
            }
        }
        guard !found.isEmpty else { return [] }
        var assembler = JSONAssembler(capacity: object.rawRange.count + found.count * 256)
        assembler.array { payloads in
            for (row, path) in found {
                payloads.object { append(row, at: path, in: object, to: &$0) }
            }
        }
        return Array(assembler.finish().root.elements)
    }

    private static func values(
        reachedBy steps: [CompiledStep], from object: JSONValue
    ) -> [JSONValue] {
        object.withPlace { place in
            var places: [JSONPlace] = []
            return CompiledStep.follow(steps, from: place, through: &places)
                .map { JSONValue(document: object.document, index: $0.index) }
        }
    }

    private func append(
        _ row: JSONValue, at path: MappingPath, in object: JSONValue,
        to payload: inout JSONAssembler
    ) {
        if row.kind == .object {
            payload.members(of: row, except: aroundName)
        } else if case .member(let name) = path.steps.last(where: \.isMember) {
            // A row that is only a text stands under the name that led to it.
            payload.name(JSONName(name))
            payload.append(row)
        }
        payload.name(around)
        payload.object { $0.members(of: object, except: leadingMembers) }
    }
}

extension MappingPath.Step {
    fileprivate var isMember: Bool { if case .member = self { true } else { false } }
}
