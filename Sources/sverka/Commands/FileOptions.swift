import ArgumentParser
import FileSource

/// How the files of `link` and `dedupe` are written, where it cannot be told from them.
struct FileOptions: ParsableArguments {
    @Option(name: .long, help: "Delimiter of the files (default: told from the header).")
    var delimiter: String?

    @Option(name: .long, help: "Encoding of the files: utf-8 or windows-1251 (default: told).")
    var encoding: String?

    func recordFileOptions(idColumn: String?) throws -> RecordFile.Options {
        var options = RecordFile.Options()
        options.idHeader = idColumn
        if let delimiter {
            let meant = delimiter == "\\t" || delimiter == "tab" ? "\t" : delimiter
            guard meant.count == 1, meant.utf8.count == 1 else {
                throw ValidationError("--delimiter is one character, or 'tab'")
            }
            options.delimiter = meant.first
        }
        if let encoding {
            guard let known = TextEncoding(rawValue: encoding.lowercased()) else {
                let all = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--encoding is one of: \(all)")
            }
            options.encoding = known
        }
        return options
    }
}
