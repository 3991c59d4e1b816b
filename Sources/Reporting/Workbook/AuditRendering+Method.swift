internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The sheet for a person who doubts: how the report came about, with which parameters.
    func writeMethod(to workbook: inout Workbook) throws {
        let sheet = try workbook.addSheet(
            SheetLayout(
                name: words["sheets.method"],
                columns: [
                    SheetLayout.Column(width: 44, style: .wrapped),
                    SheetLayout.Column(width: 80, style: .wrapped),
                ],
                footer: footer, tabColor: 0x7F_7F7F, showsGrid: false))
        try workbook.append(
            [.text(words["method.intro"], style: .title)], to: sheet, height: 26)
        if let question = definition.question[report.language.rawValue] {
            try workbook.append(
                [.text(words["method.question"]), .text(question)], to: sheet)
        }
        for step in 1...4 {
            let name = step == 1 ? words["method.steps"] : ""
            let text = step == 1 ? claims.reading : words["method.step_\(step)"]
            try workbook.append([.text(name), .text("\(step). " + text)], to: sheet)
        }
        try writeCosts(to: &workbook, sheet)
        for entity in report.entities {
            for section in entity.method {
                let title = words.known("method.\(section.title)") ?? section.title
                let name = entity.definition.title[report.language.rawValue]
                try begin("\(name): \(title)", in: &workbook, sheet)
                for entry in section.entries {
                    try workbook.append(
                        [
                            .text(self.name(of: entry, in: entity.definition)), cell(entry.value),
                        ], to: sheet)
                }
            }
        }
    }

    /// A parameter in words, or `comparison: level` of the model, of which the comparison is a
    /// field's as a rule.
    private func name(of entry: MethodSection.Entry, in entity: EntityDefinition) -> String {
        let parts = entry.name.split(separator: ": ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return words.known("method.\(entry.name)") ?? entry.name }
        return title(ofComparison: parts[0], in: entity) + ": "
            + (words.known("levels.\(parts[1])") ?? parts[1])
    }

    /// A number stays one, so that it can be reckoned with; the line of a level is a text.
    private func cell(_ value: MethodSection.Value) -> Cell {
        switch value {
        case .none: .text("")
        case .count(let number): .integer(number, style: count.with(\.alignment, .left))
        case .share(let share):
            Cell(
                .decimal(units: Int64((share * 1e6).rounded()), scale: 6),
                style: CellStyle.plain.with(\.alignment, .left))
        case .level(let m, let u, let weightBits):
            .text(
                words.text(
                    "method.level",
                    [
                        "m": words.decimal(m, digits: 4), "u": words.smallShare(u),
                        "weight": words.decimal(weightBits, digits: 1, isSigned: true),
                    ]))
        }
    }

    private func begin(
        _ title: String, in workbook: inout Workbook, _ sheet: Workbook.SheetID
    ) throws {
        try workbook.append([], to: sheet)
        try workbook.append([.text(title, style: .section.with(\.isWrapped, false))], to: sheet)
    }

    private func writeCosts(to workbook: inout Workbook, _ sheet: Workbook.SheetID) throws {
        try begin(words["method.cost"], in: &workbook, sheet)
        let hour = cell(report.costs.hourlyCost)
        try workbook.append(
            [
                .text(words["method.hourly_cost"]),
                Cell(hour.content, style: (hour.style ?? .plain).with(\.alignment, .left)),
            ], to: sheet)
        for kind in Finding.Kind.listed {
            guard let minutes = report.costs.minutesByKind[kind] else { continue }
            let name = words.text(
                "method.minutes", ["kind": words["kinds.\(kind.rawValue).title"]])
            try workbook.append(
                [.text(name), .integer(minutes, style: count.with(\.alignment, .left))],
                to: sheet)
        }
    }
}
