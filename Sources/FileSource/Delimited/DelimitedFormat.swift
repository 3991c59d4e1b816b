/// How the bytes of a delimited file become cells, told from its beginning.
struct DelimitedFormat: Sendable {
    /// So many bytes of a file are looked at.
    static let sampleByteCount = 256 * 1024

    let encoding: TextEncoding
    let delimiter: UInt8
    /// Where the text begins, behind a mark of its encoding.
    let start: Int

    /// - Parameters:
    ///   - sample: The first bytes.
    ///   - options: What is known of the file.
    ///   - file: The file, for errors.
    /// - Throws: ``FileError`` where it is UTF-16.
    init(
        _ sample: some RandomAccessCollection<UInt8>, options: RecordFile.Options, file: String
    ) throws(FileError) {
        start = sample.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = sample.dropFirst(start)
        guard !text.starts(with: [0xFF, 0xFE]), !text.starts(with: [0xFE, 0xFF]) else {
            throw FileError(
                file: file, message: "the file is UTF-16; save it as UTF-8 or windows-1251 CSV")
        }
        encoding = options.encoding ?? (start > 0 ? .utf8 : .sniffed(from: text))
        delimiter = options.delimiter?.asciiValue ?? DelimiterSniffer.delimiter(of: text)
    }
}
