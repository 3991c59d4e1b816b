extension ReportDefinition {
    /// Columns that the definition names and its tables do not have.
    ///
    /// - Parameters:
    ///   - data: Tables that were made for any period; rows do not matter.
    ///   - resources: Where the definition is, to say where a name stands.
    /// - Returns: A line for each problem; empty when all is well.
    /// - Throws: ``ReportError`` when the definition cannot be read.
    public func columnProblems(
        in data: ReportData, resources: ReportResources
    ) throws(ReportError) -> [String] {
        let text = try resources.text(of: "reports/\(name)/report.yaml")
        var problems: [String] = []
        for (table, column) in namedColumns {
            guard let found = data.tables[table], !found.columns.isEmpty,
                found.index(of: column) == nil
            else { continue }
            let problem =
                "\(Self.place(of: column, in: text, report: name))table '\(table)' has no column "
                + "'\(column)'; it has: \(found.columns.joined(separator: ", "))"
            if !problems.contains(problem) { problems.append(problem) }
        }
        return problems
    }

    /// The columns that are named anywhere, each with its table.
    private var namedColumns: [(table: String, column: String)] {
        var named: [(table: String, column: String)] = []
        for table in data {
            for (column, format) in table.columns.sorted(by: { $0.key < $1.key }) {
                named.append((table.name, column))
                named += [format.address, format.entity, format.field].compactMap(\.self)
                    .map { (table.name, $0) }
            }
        }
        for sheet in sheets {
            if let repetition = sheet.repetition {
                named.append((repetition.table, repetition.column))
            }
            for block in sheet.blocks { named += block.namedColumns }
        }
        for total in controlTotals {
            named += [total.expected, total.actual].flatMap(\.namedColumns)
        }
        if let each = mail?.repetition {
            named += [(each.table, each.column), (each.table, each.address)]
        }
        return named
    }

    /// `reports/x/report.yaml:12:9: ` where a name stands in one place only, else without the place.
    private static func place(of name: String, in text: String, report: String) -> String {
        let file = "reports/\(report)/report.yaml"
        var places: [String] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let code = line.prefix { $0 != "#" }
            var rest = code[...]
            while let range = rest.firstRange(of: name) {
                let before = rest[..<range.lowerBound].last
                let after = rest[range.upperBound...].first
                if ![before, after].contains(where: { $0.map(isNameCharacter) ?? false }) {
                    let column = code.distance(from: code.startIndex, to: range.lowerBound) + 1
                    places.append("\(file):\(number + 1):\(column): ")
                }
                rest = rest[range.upperBound...]
            }
        }
        return places.count == 1 ? places[0] : "\(file): "
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}

extension Block {
    fileprivate var namedColumns: [(table: String, column: String)] {
        switch self {
        case .text: []
        case .figures(let block): block.figures.flatMap(\.value.namedColumns)
        case .table(let block):
            (block.columns.map(\.source) + block.order.map(\.column)
                + block.conditions.keys.sorted()).map { (block.table, $0) }
        case .chart(let chart): ([chart.names] + chart.values).map { (chart.table, $0) }
        }
    }
}

extension CellReference {
    fileprivate var namedColumns: [(table: String, column: String)] {
        [taking == .count ? nil : column, condition?.column].compactMap(\.self).map { (table, $0) }
    }
}
