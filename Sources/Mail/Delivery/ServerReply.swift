/// The last line that a server said in a transfer.
final class ServerReply {
    private static let lengthMax = 200
    private var line: [UInt8] = []

    /// Takes the next line; a goodbye is no answer to the message.
    func add(_ bytes: UnsafeRawBufferPointer) {
        guard line.isEmpty || !bytes.starts(with: Array("221".utf8)) else { return }
        line = Array(bytes.prefix(1000))
    }

    /// The line, fit to be kept: cut, and without addresses, which are personal data.
    var kept: String {
        let words = String(decoding: line, as: UTF8.self)
            .split { $0.isWhitespace || $0.asciiValue.map { $0 < 0x20 } == true }
            .map { $0.contains("@") ? "<address>" : String($0) }
        return String(words.joined(separator: " ").prefix(Self.lengthMax))
    }
}
