import ArgumentParser
import Operations
import RecordLinkage
import Records

/// `--verdicts`, the same in every command that links files.
struct VerdictOption: ParsableArguments {
    @Option(
        name: .customLong("verdicts"),
        help: "A file of pairs that people decided: two ids and 'same' or 'different'.")
    var file: String?

    /// Reads the file, where one is named.
    ///
    /// - Parameter secondSide: The side of the second id of each pair.
    /// - Returns: What was decided, in the order of the file.
    /// - Throws: `ValidationError` when it is not there, `ConfigurationError` when it says something
    ///   else, `FileError` when it cannot be read.
    func read(secondSide: Side = .right) throws -> [KnownPair] {
        guard let file else { return [] }
        let url = try ResultFile.existing(file, option: "--verdicts")
        return try VerdictsFile(url, secondSide: secondSide).pairs
    }
}
