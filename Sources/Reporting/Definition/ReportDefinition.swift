internal import Definitions

/// What a `reports/NAME/report.yaml` says: which tables a report is made of, how they are laid out,
/// which numbers must agree, and how it is mailed.
///
/// The form is explained in `docs/reports.md`. Whatever a definition names (tables, columns' formats,
/// sheets) is checked while it is read, with line and column.
public struct ReportDefinition: Sendable {
    /// The report's name, that of its folder.
    public let name: String
    /// The question it answers, by language code.
    public let question: [String: String]
    /// What it covers.
    public let period: PeriodKind
    /// Values that queries see beside the standard ones, with their defaults.
    public let parameters: [String: String]
    /// The tables, in the order in which they are made.
    let data: [DataTable]
    let sheets: [SheetDefinition]
    let controlTotals: [ControlTotalDefinition]
    let mail: MailDefinition?

    /// What a report covers.
    public enum PeriodKind: String, CaseIterable, Hashable, Sendable {
        /// A month of the calendar.
        case month
        /// A week from Monday to Sunday.
        case week
        /// A day.
        case day
        /// One run of a job.
        case run
        /// Nothing but the present.
        case none
    }

    /// The table of a name.
    func table(_ name: String) -> DataTable? { data.first { $0.name == name } }
}

/// One table that a report is made of.
struct DataTable: Sendable {
    /// Where its rows come from.
    enum Origin: Sendable, Hashable {
        /// A file of `sql/queries`, without `.sql`.
        case query(String)
        /// A calculation of the program, with the tables that it starts from.
        case computed(String, from: [String])
    }

    let name: String
    let origin: Origin
    /// Earlier periods for which it is made too, as `name@before`.
    let comparisons: [ReportComparison]
    /// How columns are written, wherever they appear; others by their type.
    let columns: [String: ColumnFormat]
}

/// An earlier period that a number is compared with.
public enum ReportComparison: String, CaseIterable, Hashable, Sendable {
    /// The period just before.
    case before
    /// The same period of the year before.
    case yearBefore = "year_before"
    /// For a run: the one a week earlier.
    case weekBefore = "week_before"
}

/// How a column's values are written.
struct ColumnFormat: Sendable, Hashable {
    /// What a value is.
    enum Kind: String, CaseIterable, Sendable {
        /// A text that may go on in further lines.
        case text
        /// A key of the words, such as a kind of finding.
        case word
        /// What the program said in English: of an error.
        case message
        /// A whole number with grouped thousands.
        case count
        /// A number with its decimals.
        case number
        /// A difference with its sign.
        case change
        /// A share: 0.985 is 98.5 %.
        case percent
        /// Minor units of a currency.
        case money
        /// A day; an instant's day in the company's zone.
        case date
        /// A day and a time in the company's zone.
        case time
        /// A month with its year.
        case month
        /// Milliseconds.
        case duration
        /// Small and grey: an id, a fingerprint.
        case code
        /// A text that opens the address in another column.
        case link
        /// An entity's name.
        case entity
        /// What a type of the integration's errors is called.
        case errorType = "error_type"
        /// What to do about a type of the integration's errors.
        case errorAdvice = "error_advice"
        /// A field's name.
        case field
        /// The value of a field, by the field's type: an amount, a day.
        case value
        /// The name of the system that stands on that side.
        case side
    }

    /// What a masked value becomes.
    enum Personal: String, CaseIterable, Sendable {
        case name, phone, email, value
    }

    var kind: Kind
    /// `money`: the column with the currency, or its code; the ruble when absent.
    var currency: String?
    /// `word`: the words' key with `{}` for the value and `{column}` for one beside it.
    var words: String?
    /// `number`, `percent`: digits after the point.
    var digits: Int?
    /// `percent`: whether sentences leave out zeros at its end, as in 98.5 % and 100 %.
    var isTrimmed = false
    /// `link`: the column with the address.
    var address: String?
    /// `field`, `value`: the column with the entity.
    var entity: String?
    /// `value`: the column with the field.
    var field: String?
    /// The key below `texts` in the words of what stands where there is no value; nothing when absent.
    var empty: String?
    /// Masked in what leaves the house.
    var personal: Personal?
}

/// Two numbers that must agree before a report is written.
struct ControlTotalDefinition: Sendable {
    /// What happens when they do not.
    enum Consequence: String, CaseIterable, Sendable {
        /// The report is not written.
        case refuse
        /// It is written and says so at its top.
        case warn
    }

    let name: String
    let expected: CellReference
    let actual: CellReference
    let consequence: Consequence
}

extension ReportDefinition {
    /// The form of the file that goes with its mail; `nil` for none.
    public var attachment: ReportFormat? { mail?.attachment }

    /// Whether it can be mailed at all.
    public var isMailed: Bool { mail != nil }

    /// Whether what leaves the house shows personal data shortened: there are some, and its mail may not
    /// show them whole, as it may to the person whose records they are.
    public var isMaskedOutside: Bool {
        guard mail?.masksPersonalData != false else { return false }
        return data.contains { $0.columns.values.contains { $0.personal != nil } }
            || sheets.contains { sheet in
                sheet.blocks.contains { block in
                    guard case .table(let table) = block else { return false }
                    return table.columns.contains { $0.format?.personal != nil }
                }
            }
    }
}

/// How a report is mailed.
struct MailDefinition: Sendable {
    /// The format of the attached file; `nil` for none.
    let attachment: ReportFormat?
    let masksPersonalData: Bool
    /// No mail leaves when all of these tables are empty.
    let skippedIfEmpty: [String]
    /// The report has nothing to say when all of these tables are empty: subscribers who want no such
    /// report are spared it.
    let emptyTables: [String]
    /// A mail for each value of a column, with the rows of that value only.
    let repetition: Repetition?

    /// To whom each part of a report goes.
    struct Repetition: Sendable {
        let table: String
        /// Every table that has this column is cut to its value.
        let column: String
        /// The column of the table with the address.
        let address: String
    }
}

/// A form in which a report is written.
public enum ReportFormat: String, CaseIterable, Hashable, Sendable {
    /// A workbook.
    case xlsx
    /// A page.
    case html
    /// A text file for each table.
    case csv
    /// Printed pages, by LibreOffice.
    case pdf
}
