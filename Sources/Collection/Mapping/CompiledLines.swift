internal import Records

/// The lines of documents made ready for many payloads.
final class CompiledLines: Sendable {
    /// Where the lines stand in a document.
    let path: CompiledPath
    /// What is shared by the parts; their places begin in a line.
    let table: PathTable
    let parts: [(part: LinesMapping.Part, expression: CompiledExpression)]

    init(_ lines: LinesMapping, _ table: inout PathTable) {
        path = table.compile(lines.path)
        var inner = PathTable(lookups: table.lookups)
        parts = lines.ordered.map { ($0.part, CompiledExpression($0.expression, &inner)) }
        self.table = inner
    }
}
