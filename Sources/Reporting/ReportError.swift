/// Why a report was not rendered.
public enum ReportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file of the definition, of words or of templates is missing or cannot be read.
    case resourceMissing(path: String)
    /// A definition or words file says something that is not understood.
    case definitionInvalid(file: String, line: Int?, message: String)
    /// A template cannot be parsed.
    case templateInvalid(file: String, message: String)
    /// Two ways to one number gave two numbers, so that the report would be wrong.
    case controlTotalsDiffer(report: String, names: [String])

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .resourceMissing(let path):
            "\(path) is missing, both in the override folder and in the installation; "
                + "restore it or remove the override"
        case .definitionInvalid(let file, let line, let message):
            file + (line.map { ":\($0)" } ?? "") + ": \(message)"
        case .templateInvalid(let file, let message):
            "\(file) is not a template: \(message)"
        case .controlTotalsDiffer(let report, let names):
            "\(report) was not written: its control totals differ "
                + "(\(names.joined(separator: "; "))). The findings themselves are kept; run the "
                + "report again, and report a bug if it happens again"
        }
    }
}
