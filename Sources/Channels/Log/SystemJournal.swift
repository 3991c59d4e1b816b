/// systemd's journal, by its own protocol, so that each part of a notice is a field.
public struct SystemJournal: NoticeChannel {
    /// Where the journal listens.
    public static let usualPath = "/run/systemd/journal/socket"

    private let path: String

    /// Makes a channel.
    ///
    /// - Parameter path: The journal's socket.
    public init(path: String = SystemJournal.usualPath) { self.path = path }

    /// Writes a notice into the journal.
    public func deliver(
        _ notice: Notice, to recipient: String, id: String
    ) async throws(ChannelFailure) -> ChannelAnswer {
        try await LogSocket.send(Self.entry(notice, id: id), to: .local(path: path))
        return ChannelAnswer(reply: "handed over")
    }

    /// Connects and writes nothing.
    public func verify() async throws(ChannelFailure) -> String {
        try await LogSocket.send([], to: .local(path: path))
        return "can be reached; nothing was written"
    }

    /// The fields of an entry.
    ///
    /// Source: systemd, "Native Journal Protocol": `NAME=value`, or for a value of several lines its
    /// name, its length as eight bytes, and the value.
    static func entry(_ notice: Notice, id: String) -> [UInt8] {
        var fields = [
            ("MESSAGE", ([notice.title] + notice.lines).joined(separator: "\n")),
            ("PRIORITY", String(LogSeverity.code(notice.severity))),
            ("SYSLOG_IDENTIFIER", "sverka"),
            ("SVERKA_TOPIC", notice.topic),
            ("SVERKA_ID", id),
        ]
        if let link = notice.link { fields.append(("SVERKA_LINK", link)) }
        var bytes: [UInt8] = []
        for (name, value) in fields {
            let value = Array(value.utf8)
            bytes += Array(name.utf8)
            if value.contains(0x0A) {
                bytes.append(0x0A)
                for shift in stride(from: 0, to: 64, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: value.count >> shift))
                }
            } else {
                bytes.append(0x3D)
            }
            bytes += value
            bytes.append(0x0A)
        }
        return bytes
    }
}
