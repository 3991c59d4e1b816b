import Foundation
import TestSupport
import Testing

@testable import Channels

@Suite("Logs")
struct LogTests {
    @Test("writes a line of RFC 5424")
    func line() {
        let line = Syslog.line(
            sampleNotice(), id: "<1@s>", facility: .daemon, host: "srv 1.example")

        // Facility 3, severity 3; the topic is cut at 32 characters.
        #expect(line.hasPrefix("<27>1 2026-11-23T02:05:47Z srv1.example sverka "))
        #expect(
            line.contains(" alert.integration-errors [origin software=\"Sverka\"] \u{FEFF}Ошибки"))
        #expect(!line.contains("\n"))
        #expect(line.hasSuffix(" | https://sverka.example.ru/alerts/7?a=1&b=2 | [<1@s>]"))
    }

    @Test("writes the journal's fields, those of several lines by length")
    func journalEntry() {
        let entry = SystemJournal.entry(sampleNotice(), id: "<1@s>")
        let message = Array(
            ([sampleNotice().title] + sampleNotice().lines).joined(separator: "\n").utf8)
        var expected = Array("MESSAGE\n".utf8)
        expected += (0..<8).map { UInt8(truncatingIfNeeded: message.count >> ($0 * 8)) }
        expected += message + [0x0A]
        #expect(entry.starts(with: expected))
        let rest = String(decoding: entry.dropFirst(expected.count), as: UTF8.self)
        #expect(
            rest == "PRIORITY=3\nSYSLOG_IDENTIFIER=sverka\nSVERKA_TOPIC=alert.integration-errors\n"
                + "SVERKA_ID=<1@s>\nSVERKA_LINK=https://sverka.example.ru/alerts/7?a=1&b=2\n")
    }

    @Test("reaches a local socket, UDP and TCP")
    func sockets() async throws {
        let folder = try TemporaryFolder()
        let local = try LogListener(.local(folder.url.appending(path: "log").path))
        let udp = try LogListener(.udp)
        let tcp = try LogListener(.tcp)
        let line = Syslog.line(sampleNotice(), id: "<1@s>", facility: .local3, host: "h")

        for place in [
            Syslog.Place.local(path: local.path), .udp(host: "127.0.0.1", port: udp.port),
            .tcp(host: "127.0.0.1", port: tcp.port),
        ] {
            let syslog = Syslog(place, facility: .local3, host: "h")
            _ = try await syslog.deliver(sampleNotice(), to: "log", id: "<1@s>")
        }

        #expect(local.received() == line)
        #expect(udp.received() == line)
        #expect(tcp.received() == "\(line.utf8.count) \(line)")
    }

    @Test("cuts what a datagram does not hold, between characters")
    func cut() async throws {
        let udp = try LogListener(.udp)
        var notice = sampleNotice()
        notice.lines = [String(repeating: "ж", count: 3000)]

        _ = try await Syslog(.udp(host: "127.0.0.1", port: udp.port))
            .deliver(notice, to: "log", id: "<1@s>")

        let received = udp.received()
        #expect((2046...2048).contains(received.utf8.count))
        #expect(received.hasSuffix("ж"))
    }

    @Test("says that nobody listens")
    func nobody() async throws {
        let error = await #expect(throws: ChannelFailure.self) {
            try await Syslog(.local(path: "/nowhere/log"))
                .deliver(sampleNotice(), to: "log", id: "<1@s>")
        }
        #expect(error?.kind == .connection)
    }
}

/// A log that listens on this machine and gives back what it got.
final class LogListener {
    enum Kind {
        case local(String)
        case udp
        case tcp
    }

    let path: String
    let port: Int
    private let handle: Int32
    private let isStream: Bool

    init(_ kind: Kind) throws {
        switch kind {
        case .local(let path):
            self.path = path
            port = 0
            isStream = false
            handle = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            let status = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(status == 0)
        case .udp, .tcp:
            if case .tcp = kind { isStream = true } else { isStream = false }
            path = ""
            handle = socket(AF_INET, Int32((isStream ? SOCK_STREAM : SOCK_DGRAM).rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let handle = handle
            let status = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(handle, $0, length) | getsockname(handle, $0, &length)
                }
            }
            try #require(status == 0)
            port = Int(UInt16(bigEndian: address.sin_port))
            if isStream { try #require(listen(handle, 4) == 0) }
        }
    }

    deinit { close(handle) }

    /// What arrived; it is there already, since who sent it has ended.
    func received() -> String {
        let source = isStream ? accept(handle, nil, nil) : handle
        defer { if isStream { close(source) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        repeat {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        } while isStream
        return String(decoding: bytes, as: UTF8.self)
    }
}
