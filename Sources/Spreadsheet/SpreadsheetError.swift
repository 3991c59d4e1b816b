/// Why a workbook was not written.
///
/// Where one is thrown, no file was left behind.
public struct SpreadsheetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can do about it.
    public enum Kind: Hashable, Sendable {
        /// The disk, or the temporary folder's disk, is full.
        case diskFull
        /// The folder does not exist or may not be written to.
        case cannotWrite
        /// The library refused a call; a mistake of ours.
        case refused
        /// The file was written but does not read back whole.
        case damaged
    }

    /// The remedy to choose by.
    public var kind: Kind
    /// The file's name, without its folder.
    public var file: String
    /// What happened, without any cell's value.
    public var message: String

    /// What happened, to what.
    public var description: String { "\(file) was not written: \(message)" }

    init(_ kind: Kind, file: String, message: String) {
        self.kind = kind
        self.file = file
        self.message = message
    }
}
