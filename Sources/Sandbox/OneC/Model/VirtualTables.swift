/// `SliceLast` and `SliceFirst`: the latest or the earliest record for each combination of
/// dimensions.
struct SliceTable: VirtualTable {
    let records: any ODataSet
    let dimensions: [String]
    let isLast: Bool

    var name: String { isLast ? "SliceLast" : "SliceFirst" }
    let parameters = [("Condition", "Edm.String"), ("Period", "Edm.DateTime")]
        .map { (name: $0.0, type: $0.1) }
    var rowType: String { records.name }
    var rowProperties: [ODataProperty] { [] }

    func table(_ arguments: VirtualArguments) throws(ODataError) -> any ODataSet {
        let condition = try RegisterRows.condition(arguments.condition, of: records, arguments)
        guard let period = records.column(named: "Period") else { throw .unknownFunction }
        let columns = RegisterRows.columns(dimensions, of: records)
        var kept: [String: (row: Int, period: String)] = [:]
        for row in 0..<records.count {
            let moment = records.value(period, at: row).text
            if !arguments.period.isEmpty {
                guard isLast ? moment <= arguments.period : moment >= arguments.period else {
                    continue
                }
            }
            guard condition(row) else { continue }
            let key = RegisterRows.key(columns, of: records, at: row)
            if let other = kept[key] {
                guard isLast ? moment >= other.period : moment < other.period else { continue }
            }
            kept[key] = (row, moment)
        }
        return RowSubset(records, kept.values.map(\.row).sorted())
    }
}

/// `Balance`, `Turnovers` and `BalanceAndTurnovers` of an accumulation register.
struct AccumulationTable: VirtualTable {
    enum Kind: String {
        case balance = "Balance"
        case turnovers = "Turnovers"
        case balanceAndTurnovers = "BalanceAndTurnovers"
        /// The balance of an accounting register, with a debit and a credit side.
        case accounting = "accounting"
    }

    /// The register's name, for the name of the row's type.
    let register: String
    let records: any ODataSet
    let dimensions: [String]
    let resources: [String]
    let kind: Kind

    var name: String { kind == .accounting ? "Balance" : kind.rawValue }
    fileprivate var isBalance: Bool { kind == .balance || kind == .accounting }

    var parameters: [(name: String, type: String)] {
        let periods = isBalance ? ["Period"] : ["EndPeriod", "StartPeriod"]
        let texts =
            kind == .accounting
            ? ["AccountCondition", "Condition", "ExtraDimensions"] : ["Condition", "Dimensions"]
        return texts.map { ($0, "Edm.String") }
            + periods.map { ($0, "Edm.DateTime") }
    }

    var rowType: String {
        switch kind {
        case .balance, .accounting: "\(register)_Balance"
        case .turnovers: "\(register)_Turnover"
        case .balanceAndTurnovers: "\(register)_BalanceAndTurnover"
        }
    }

    /// What becomes of a resource: `ВНаличииBalance`.
    private var suffixes: [String] {
        switch kind {
        case .balance: ["Balance"]
        case .accounting: ["Balance", "BalanceDr", "BalanceCr"]
        case .turnovers: ["Turnover", "Receipt", "Expense"]
        case .balanceAndTurnovers:
            ["OpeningBalance", "Turnover", "Receipt", "Expense", "ClosingBalance"]
        }
    }

    var rowProperties: [ODataProperty] {
        properties(of: RegisterRows.columns(dimensions, of: records))
    }

    private func properties(of columns: [Int]) -> [ODataProperty] {
        columns.map { records.properties[$0] }
            + resources.flatMap { resource in
                suffixes.map { ODataProperty(resource + $0, .double) }
            }
    }

    func table(_ arguments: VirtualArguments) throws(ODataError) -> any ODataSet {
        let condition = try RegisterRows.condition(arguments.condition, of: records, arguments)
        let accounts = try RegisterRows.condition(
            arguments.accountCondition, of: records, arguments)
        var shown = dimensions
        if let wanted = arguments.dimensions {
            for name in wanted
            where !dimensions.contains(where: { $0 == name || "\($0)_Key" == name }) {
                throw .unknownProperty(name, option: "Dimensions")
            }
            shown = dimensions.filter { wanted.contains($0) || wanted.contains("\($0)_Key") }
        }
        let columns = RegisterRows.columns(shown, of: records)
        let layout = Layout(self, arguments)
        var sums: [String: Sum] = [:]
        for row in 0..<records.count where condition(row) && accounts(row) {
            let key = RegisterRows.key(columns, of: records, at: row)
            sums[key, default: Sum(row, resources.count)].add(row, layout)
        }
        let rows: [[ODataValue]] = sums.values.sorted { $0.row < $1.row }.compactMap { sum in
            guard let values = sum.values(kind) else { return nil }
            return columns.map { records.value($0, at: sum.row) } + values
        }
        return ValueSet(rowType, properties(of: columns), rows)
    }
}

extension AccumulationTable {
    /// Where a record says what, and which records count.
    struct Layout {
        let records: any ODataSet
        let period: Int?
        let recordType: Int?
        let resources: [Int?]
        let start: String
        let end: String
        let isBalance: Bool

        init(_ table: AccumulationTable, _ arguments: VirtualArguments) {
            records = table.records
            period = records.column(named: "Period")
            recordType = records.column(named: "RecordType")
            resources = table.resources.map { [records] in records.column(named: $0) }
            isBalance = table.isBalance
            start = arguments.startPeriod
            end = isBalance ? arguments.period : arguments.endPeriod
        }
    }

    /// What is known of one combination of dimensions.
    struct Sum {
        /// The first row of the combination.
        let row: Int
        private var opening: [Int64]
        private var receipt: [Int64]
        private var expense: [Int64]
        private var scale: [UInt8]

        init(_ row: Int, _ resources: Int) {
            self.row = row
            opening = Array(repeating: 0, count: resources)
            receipt = opening
            expense = opening
            scale = Array(repeating: 0, count: resources)
        }

        mutating func add(_ row: Int, _ layout: Layout) {
            let records = layout.records
            let period = layout.period.map { records.value($0, at: row).text } ?? ""
            // A balance at a moment is what was there before that moment.
            guard
                layout.end.isEmpty
                    || (layout.isBalance ? period < layout.end : period <= layout.end)
            else { return }
            let isReceipt =
                layout.recordType.map { records.value($0, at: row).text == "Receipt" } ?? true
            for (index, column) in layout.resources.enumerated() {
                guard let column,
                    case .number(let units, let scale) = records.value(column, at: row)
                else { continue }
                self.scale[index] = scale
                if period < layout.start {
                    opening[index] += isReceipt ? units : -units
                } else if isReceipt {
                    receipt[index] += units
                } else {
                    expense[index] += units
                }
            }
        }

        /// The resources' values; `nil` when they are all zero, because such rows are not shown.
        func values(_ kind: Kind) -> [ODataValue]? {
            let numbers = opening.indices.map { index in
                let turnover = receipt[index] - expense[index]
                let closing = opening[index] + turnover
                return switch kind {
                case .balance: [closing]
                case .accounting: [closing, max(0, closing), max(0, -closing)]
                case .turnovers: [turnover, receipt[index], expense[index]]
                case .balanceAndTurnovers:
                    [opening[index], turnover, receipt[index], expense[index], closing]
                }
            }
            guard numbers.joined().contains(where: { $0 != 0 }) else { return nil }
            return zip(numbers, scale).flatMap { numbers, scale in
                numbers.map { ODataValue.number(units: $0, scale: scale) }
            }
        }
    }
}

/// What virtual tables have in common.
enum RegisterRows {
    /// A test of rows.
    static func condition(
        _ text: String?, of set: any ODataSet, _ arguments: VirtualArguments
    ) throws(ODataError) -> (Int) -> Bool {
        guard let text else { return { _ in true } }
        let expression = try FilterParser.parse(
            text, of: set, arguments.catalogue, option: "Condition")
        return { FilterScope(set: set, row: $0).fulfils(expression) }
    }

    /// The columns of dimensions: a reference has one, a field of several types two.
    static func columns(_ dimensions: [String], of set: any ODataSet) -> [Int] {
        dimensions.flatMap { name in
            ["\(name)_Key", name, "\(name)_Type"].compactMap { set.column(named: $0) }
        }
    }

    static func key(_ columns: [Int], of set: any ODataSet, at row: Int) -> String {
        columns.reduce(into: "") { $0 += set.value($1, at: row).text + "\u{0}" }
    }
}
