public import Records

/// Adds to a table of the journal's errors what each type is called and what to do about it.
///
/// The calculation `error_types` of report definitions: the table that it is made from has a column
/// `error_type`; `title`, `family` and `advice` are added.
public struct ErrorTypeColumns: Sendable {
    private let types: @Sendable () throws -> ErrorTypes

    /// Makes the calculation.
    ///
    /// - Parameter types: Reads the types, when a report asks for them.
    public init(_ types: @escaping @Sendable () throws -> ErrorTypes) { self.types = types }

    /// The calculation by the name under which definitions ask for it.
    public var computations: [String: ReportComputation] {
        ["error_types": { try table(of: $0) }]
    }

    private func table(of input: ComputationInput) throws -> ReportTable {
        let types = try types()
        let language = input.request.language.rawValue
        guard let source = input.tables.values.first(where: { $0.index(of: "error_type") != nil })
        else { return ReportTable(columns: ["error_type", "title", "family", "advice"]) }
        return ReportTable(
            columns: source.columns + ["title", "family", "advice"],
            rows: source.rows.indices.map { row in
                guard case .text(let name) = source[row, "error_type"] else {
                    return source.rows[row] + [.empty, .empty, .empty]
                }
                let type = types[name]
                return source.rows[row] + [
                    .text(type?.title[language] ?? name),
                    .text(String(name.prefix { $0 != "." })),
                    .text(type?.advice[language] ?? ""),
                ]
            })
    }
}
