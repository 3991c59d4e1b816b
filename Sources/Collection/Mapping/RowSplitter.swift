internal import Records

/// Makes payloads of the rows inside an object.
struct RowSplitter: Sendable {
    private let rows: MappingRows
    private let paths: [[CompiledStep]]
    /// The members of an object that lead to its rows; they are left out of what is around a row,
    /// or a payload would grow with the number of its neighbours.
    private let leadingMembers: Set<String>

    init(_ rows: MappingRows) {
        self.rows = rows
        paths = rows.paths.map { $0.steps.map(CompiledStep.init) }
        leadingMembers = Set(
            rows.paths.compactMap { path in
                if case .member(let name) = path.steps.first { name } else { nil }
            })
    }

    /// The payload of each row: its own members, and what is around it under the mapping's name.
    func payloads(of object: JSONValue) -> [JSONValue] {
        var payloads: [JSONValue] = []
        for (path, steps) in zip(rows.paths, paths) where !rows.isFirstOnly || payloads.isEmpty {
            for value in PayloadReader.follow(steps, from: [object]) {
                let found = value.kind == .array ? Array(value.elements) : [value]
                for row in found where !row.isNull {
                    payloads.append(payload(of: row, at: path, in: object))
                }
            }
        }
        return payloads
    }

    private func payload(
        of row: JSONValue, at path: MappingPath, in object: JSONValue
    ) -> JSONValue {
        var writer = JSONWriter()
        writer.object { writer in
            if row.kind == .object {
                for (name, member) in row.members where name != rows.around {
                    writer.name(name)
                    writer.write(member)
                }
            } else if case .member(let name) = path.steps.last(where: \.isMember) {
                // A row that is only a text stands under the name that led to it.
                writer.name(name)
                writer.write(row)
            }
            writer.name(rows.around)
            writer.object { writer in
                for (name, member) in object.members where !leadingMembers.contains(name) {
                    writer.name(name)
                    writer.write(member)
                }
            }
        }
        do {
            return try JSONDocument(parsing: writer.utf8).root
        } catch {
            preconditionFailure("what the writer writes can be read: \(error)")
        }
    }
}

extension MappingPath.Step {
    fileprivate var isMember: Bool { if case .member = self { true } else { false } }
}
