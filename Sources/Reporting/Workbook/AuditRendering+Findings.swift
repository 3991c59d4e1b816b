internal import Records
internal import Spreadsheet

extension AuditRendering {
    /// The sheet that people work through: a row for each finding, the largest group first, in it
    /// the gravest.
    func writeFindings(to workbook: inout Workbook) throws {
        let sheet = try workbook.addSheet(
            findingsLayout(words["sheets.findings"], tabColor: 0xC0_0000))
        var cells = FindingCells(rendering: self)
        for (row, index) in groups.order.enumerated() {
            let isMarked = row < definition.markedRows
            try workbook.append(cells.row(report.findings[index], isMarked: isMarked), to: sheet)
        }
    }

    /// A sheet for each owner, with what is theirs and nothing else.
    func writeOwners(to workbook: inout Workbook) throws {
        var byOwner: [String: [Int]] = [:]
        for index in groups.order where !report.findings[index].owner.isEmpty {
            byOwner[report.findings[index].owner, default: []].append(index)
        }
        let owners = byOwner.sorted { one, other in
            one.value.count == other.value.count
                ? one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
                : one.value.count > other.value.count
        }
        var cells = FindingCells(rendering: self)
        for (owner, indices) in owners.prefix(definition.ownerSheetsMax) {
            let name = words.text("sheets.owner", ["owner": owner])
            let sheet = try workbook.addSheet(findingsLayout(name, tabColor: 0x2A_9D8F))
            for index in indices {
                try workbook.append(cells.row(report.findings[index], isMarked: false), to: sheet)
            }
        }
    }

    /// A sheet of findings before its first row.
    func findingsLayout(_ name: String, tabColor: RGBColor) -> SheetLayout {
        SheetLayout(
            name: name,
            columns: definition.columns.map {
                SheetLayout.Column(width: $0.width, style: style(of: $0))
            },
            header: definition.columns.map {
                .text(columnHeading($0.source.rawValue), style: .header)
            },
            hasFilter: true, frozenColumns: frozenColumns,
            printedColumns: definition.printedColumns
                ?? definition.columns.firstIndex { $0.format == .code },
            footer: footer, tabColor: tabColor)
    }

    /// Columns up to the one by which a person recognises the record stay in sight.
    private var frozenColumns: Int {
        (definition.columns.firstIndex { $0.source == .title } ?? -1) + 1
    }

    /// With lines around: on paper, rows of several lines run into one another without.
    private func style(of column: AuditDefinition.Column) -> CellStyle {
        let style: CellStyle =
            switch column.format {
            case .word, .text, .value, .link: .wrapped
            case .date: date
            case .count: count
            case .money: money
            case .code: .muted.with(\.pointSize, 8)
            }
        return style.with(\.hasBorder, true)
    }
}

/// Makes the cells of findings.
struct FindingCells {
    private let rendering: AuditRendering
    private let fields: [EntityName: [FieldName: FieldDefinition]]
    private var words: FindingWords

    init(rendering: AuditRendering) {
        self.rendering = rendering
        words = FindingWords(rendering.words, report: rendering.report)
        fields = rendering.report.fieldsByEntity
    }

    /// The cells of one finding, in the columns' order.
    mutating func row(_ reported: ReportedFinding, isMarked: Bool) -> [Cell] {
        let finding = reported.finding
        let field = finding.field.flatMap { fields[finding.entity]?[$0] }
        let values = values(of: finding, type: field?.type, isMarked: isMarked)
        var row: [Cell] = []
        row.reserveCapacity(rendering.definition.columns.count)
        for column in rendering.definition.columns {
            switch column.source {
            case .leftValue: row.append(values.left)
            case .rightValue: row.append(values.right)
            default: row.append(cell(column.source, of: reported, field: field))
            }
            let last = row.count - 1
            row[last].style = row[last].style?.with(\.hasBorder, true)
        }
        return row
    }

    private mutating func cell(
        _ source: AuditDefinition.Source, of reported: ReportedFinding, field: FieldDefinition?
    ) -> Cell {
        let (finding, texts) = (reported.finding, rendering.words)
        switch source {
        case .entity: return .text(rendering.title(of: finding.entity))
        case .severity:
            return .text(
                texts["severities.\(finding.severity.rawValue)"], style: finding.severity.style)
        case .kind: return .text(texts["kinds.\(finding.kind.rawValue).title"])
        case .state:
            let isNews = reported.state != .open
            return .text(
                texts["states.\(reported.state.rawValue)"],
                style: isNews ? .wrapped.with(\.isBold, true) : nil)
        case .title: return .text(finding.title)
        case .field:
            let name = field?.title[texts.language.rawValue] ?? finding.field?.rawValue
            return .text(name ?? texts["record_as_whole"], style: name == nil ? .muted : nil)
        case .number: return reported.number.map { .integer(Int($0)) } ?? .empty
        case .leftID: return .text(finding.leftIDs.map(\.rawValue).joined(separator: " "))
        case .rightID: return .text(finding.rightIDs.map(\.rawValue).joined(separator: " "))
        case .leftRecord: return link(finding.leftIDs, reported.leftAddresses)
        case .rightRecord: return link(finding.rightIDs, reported.rightAddresses)
        case .reason: return .text(words.reason(finding))
        case .advice: return .text(words.advice(finding))
        case .side: return .text(words.side(finding.side))
        case .owner: return .text(reported.owner)
        case .firstSeen: return rendering.cell(reported.firstSeenOn)
        case .daysOpen: return .integer(reported.daysOpen)
        case .atStake: return rendering.cell(finding.atStake)
        case .evidence: return .text(finding.evidence)
        case .fingerprint: return .text(String(finding.fingerprint.rawValue.prefix(12)))
        case .leftValue, .rightValue: return .empty
        }
    }

    /// The first record's link with the number of the others; its id where it has no address.
    private func link(_ ids: [RecordID], _ addresses: [String?]) -> Cell {
        guard let first = ids.first else { return .empty }
        let others =
            ids.count > 1 ? " (+\(rendering.words.number(ids.count - 1)))" : ""
        guard let address = addresses.first.flatMap({ $0 }) else {
            // A long id is no help to a person and would make the row high.
            var cell: Cell = .text(first.rawValue + others)
            if first.rawValue.count > 10 { cell.style = .muted.with(\.pointSize, 8) }
            return cell
        }
        // A number tells a person something; an id of 36 characters does not.
        let text = first.rawValue.count <= 10 ? first.rawValue : rendering.words["open_record"]
        return Cell(.link(address: address, text: text + others))
    }

    private func values(
        of finding: Finding, type: FieldType?, isMarked: Bool
    ) -> (left: Cell, right: Cell) {
        let (left, right) = (finding.leftValue, finding.rightValue)
        guard left != nil || right != nil else { return (.empty, .empty) }
        if finding.kind == .mismatch || finding.kind == .conflict, left != right {
            if isMarked, let left, let right, !isTyped(type) {
                let runs = ValueDifference.runs(left, right)
                return (
                    Cell(.runs(runs.left), style: .differingLeft),
                    Cell(.runs(runs.right), style: .differingRight)
                )
            }
            return (
                typed(left, type, style: .differingLeft),
                typed(right, type, style: .differingRight)
            )
        }
        let invalid = finding.kind == .invalid ? CellStyle.differingLeft : nil
        return (
            typed(left, type, style: left == nil ? nil : invalid),
            typed(right, type, style: right == nil ? nil : invalid)
        )
    }

    private func isTyped(_ type: FieldType?) -> Bool {
        switch type {
        case .boolean, .integer, .quantity, .money, .date: true
        default: false
        }
    }

    /// A value with the type of its field; a text where it does not read as one.
    private func typed(_ value: String?, _ type: FieldType?, style: CellStyle?) -> Cell {
        guard let value else { return Cell(.empty, style: style) }
        let base = style ?? .wrapped
        switch type {
        case .integer:
            if let number = Int64(value) {
                return Cell(.integer(number), style: base.with(\.numberFormat, "0"))
            }
        case .quantity:
            if let number = Quantity(value) {
                return Cell(.decimal(units: number.units, scale: Int(number.scale)), style: style)
            }
        case .money:
            let parts = value.split(separator: " ")
            // A code that is none would break the notation in which it stands.
            if parts.count == 2, parts[1].allSatisfy({ $0.isLetter || $0.isNumber }),
                let number = Quantity(String(parts[0])), number.scale <= 15
            {
                let notation = rendering.amounts(in: String(parts[1])).numberFormat
                return Cell(
                    .decimal(units: number.units, scale: Int(number.scale)),
                    style: base.with(\.numberFormat, notation))
            }
        case .date:
            if value.utf8.count == 10, let day = CalendarDate(value) {
                return Cell(
                    .date(year: day.year, month: day.month, day: day.day),
                    style: base.with(\.numberFormat, rendering.date.numberFormat)
                        .with(\.alignment, .left))
            }
        case .boolean:
            if value == "true" || value == "false" {
                return .text(rendering.words[value == "true" ? "yes" : "no"], style: style)
            }
        default: break
        }
        return .text(value, style: style)
    }
}

extension AuditReport {
    /// The fields' definitions by entity and name.
    var fieldsByEntity: [EntityName: [FieldName: FieldDefinition]] {
        var fields: [EntityName: [FieldName: FieldDefinition]] = [:]
        for entity in entities {
            for field in entity.definition.fields {
                fields[entity.definition.name, default: [:]][field.name] = field
            }
        }
        return fields
    }
}
