internal import Definitions

/// Why a report was not rendered.
public enum ReportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file of the definition, of words or of templates is missing or cannot be read.
    case resourceMissing(path: String)
    /// A definition or words file says something that is not understood.
    case definitionInvalid(file: String, line: Int?, column: Int?, message: String)
    /// A template cannot be parsed, or names something that there is not.
    case templateInvalid(file: String, message: String)
    /// Two ways to one number gave two numbers, so that the report would be wrong.
    case controlTotalsDiffer(report: String, names: [String])
    /// A table could not be made.
    case dataFailed(report: String, table: String, message: String)
    /// The report cannot be written in this form here.
    case formatUnavailable(String)

    init(_ error: DefinitionError) {
        self = .definitionInvalid(
            file: error.file, line: error.line, column: error.column, message: error.message)
    }

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .resourceMissing(let path):
            "\(path) is missing, both in the override folder and in the installation; "
                + "restore it or remove the override"
        case .definitionInvalid(let file, let line, let column, let message):
            file + (line.map { ":\($0):\(column ?? 1)" } ?? "") + ": \(message)"
        case .templateInvalid(let file, let message):
            "\(file): \(message)"
        case .controlTotalsDiffer(let report, let names):
            "\(report) was not written: its control totals differ "
                + "(\(names.joined(separator: "; "))). The findings themselves are kept; run the "
                + "report again, and report a bug if it happens again"
        case .dataFailed(let report, let table, let message):
            "\(report) was not written: its table '\(table)' could not be made: \(message). "
                + "Nothing was sent; what is stored is untouched"
        case .formatUnavailable(let message): message
        }
    }
}
