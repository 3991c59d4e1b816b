internal import Foundation

/// The system's log, here or on another machine, in the form of RFC 5424.
public struct Syslog: NoticeChannel {
    /// Where the log is.
    public enum Place: Hashable, Sendable {
        /// A socket of this machine: `/dev/log`.
        case local(path: String)
        /// Another machine, without knowing whether it arrives.
        case udp(host: String, port: Int)
        /// Another machine.
        case tcp(host: String, port: Int)
    }

    /// Part of the system, as the log sorts by it.
    public enum Facility: String, Hashable, Sendable, CaseIterable {
        case user, daemon, local0, local1, local2, local3, local4, local5, local6, local7

        var code: Int {
            switch self {
            case .user: 1
            case .daemon: 3
            case .local0: 16
            case .local1: 17
            case .local2: 18
            case .local3: 19
            case .local4: 20
            case .local5: 21
            case .local6: 22
            case .local7: 23
            }
        }
    }

    private let place: Place
    private let facility: Facility
    private let host: String

    /// Makes a channel.
    ///
    /// - Parameters:
    ///   - place: Where the log is.
    ///   - facility: How the log sorts it.
    ///   - host: The machine's name; `nil` to ask it.
    public init(_ place: Place, facility: Facility = .daemon, host: String? = nil) {
        self.place = place
        self.facility = facility
        self.host = host ?? ProcessInfo.processInfo.hostName
    }

    /// Writes a notice into the log as one line.
    public func deliver(
        _ notice: Notice, to recipient: String, id: String
    ) async throws(ChannelFailure) -> ChannelAnswer {
        let line = Array(Self.line(notice, id: id, facility: facility, host: host).utf8)
        switch place {
        case .local(let path): try await LogSocket.send(line, to: .local(path: path))
        case .udp(let host, let port):
            // What every receiver takes (RFC 5426, 3.2).
            let cut = Self.cut(line, 2048)
            try await LogSocket.send(cut, to: .udp(host: host, port: String(port)))
        case .tcp(let host, let port):
            let cut = Self.cut(line, 8192)
            // Counted octets (RFC 6587, 3.4.1).
            try await LogSocket.send(
                Array("\(cut.count) ".utf8) + cut, to: .tcp(host: host, port: String(port)))
        }
        return ChannelAnswer(reply: "handed over")
    }

    /// Connects and sends nothing; that a datagram would arrive cannot be known.
    public func verify() async throws(ChannelFailure) -> String {
        switch place {
        case .local(let path): try await LogSocket.send([], to: .local(path: path))
        case .udp(let host, let port):
            try await LogSocket.send([], to: .udp(host: host, port: String(port)))
        case .tcp(let host, let port):
            try await LogSocket.send([], to: .tcp(host: host, port: String(port)))
        }
        return "can be reached; nothing was written"
    }

    /// The line.
    ///
    /// Source: RFC 5424, 6. The only structured data is `origin`, which is registered; a number of an
    /// enterprise, which others need, we have none.
    static func line(
        _ notice: Notice, id: String, facility: Facility, host: String
    ) -> String {
        let priority = facility.code * 8 + LogSeverity.code(notice.severity)
        let time = Date(timeIntervalSince1970: Double(notice.time)).formatted(.iso8601)
        let process = ProcessInfo.processInfo.processIdentifier
        let text = ([notice.title] + notice.lines + [notice.link ?? "", "[\(id)]"])
            .map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
            .filter { !$0.isEmpty }.joined(separator: " | ")
        return "<\(priority)>1 \(time) \(printable(host, 255)) sverka \(process) "
            + "\(printable(notice.topic, 32)) [origin software=\"Sverka\"] \u{FEFF}\(text)"
    }

    private static func printable(_ text: String, _ lengthMax: Int) -> String {
        let plain = text.unicodeScalars.filter { (0x21...0x7E).contains($0.value) }
        return plain.isEmpty ? "-" : String(String.UnicodeScalarView(plain.prefix(lengthMax)))
    }

    /// Cuts between characters.
    private static func cut(_ line: [UInt8], _ countMax: Int) -> [UInt8] {
        guard line.count > countMax else { return line }
        var end = countMax
        while end > 0, line[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(line[..<end])
    }
}

/// How the log calls what matters.
enum LogSeverity {
    /// From 2, critical, to 6, informational.
    static func code(_ severity: Notice.Severity) -> Int {
        switch severity {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .info: 6
        }
    }
}
