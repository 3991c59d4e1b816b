import ArgumentParser
import Records

/// `--side`, the same in every command that takes two records: both are of one side.
struct SideOption: ParsableArguments {
    @Option(name: .long, help: "Both records are of this side: left or right.")
    var side: String?

    /// The side; `nil` where one record is of each.
    var value: Side? { side.flatMap { Side(rawValue: $0) } }

    func validate() throws {
        guard side == nil || value != nil else {
            throw ValidationError(
                "--side is one of: \(Side.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }
}
