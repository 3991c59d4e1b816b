import Foundation
import Synchronization
import TestSupport

/// A server between a program and the portal's token server: it hands everything on, and can have the
/// program killed when an answer has reached its machine and nothing was done with it yet.
final class TokenRelay: Sendable {
    /// What became of one exchange.
    struct Exchange: Hashable {
        /// `refresh_token`, `authorization_code`.
        var grant: String
        var status: Int
    }

    let port: UInt16
    private let target: UInt16
    private let listening: Int32
    private let victim = Mutex<RunningProgram?>(nil)
    private let seen = Mutex<[Exchange]>([])

    /// Listens on a free port.
    ///
    /// - Parameter target: The port to which everything is handed on.
    /// - Throws: `POSIXError` when there is no port to be had.
    init(to target: UInt16) throws {
        self.target = target
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        listening = descriptor
        port = UInt16(bigEndian: address.sin_port)
        // A thread of its own: those of the pool may all wait for the program.
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                serve(connection)
                close(connection)
            }
        }
    }

    /// Ends listening, and with it the thread.
    func stop() {
        shutdown(listening, Int32(SHUT_RDWR))
        close(listening)
    }

    /// The exchanges so far.
    var exchanges: [Exchange] { seen.withLock { $0 } }

    /// Has a program killed when its next exchange of a refresh token is answered.
    func kill(_ program: RunningProgram) { victim.withLock { $0 = program } }

    private func serve(_ connection: Int32) {
        let request = Self.message(from: connection)
        let text = String(decoding: request, as: UTF8.self)
        let isRefresh = text.contains("grant_type=refresh_token")
        let program = isRefresh ? victim.withLock { $0.take() } : nil
        // Stopped, it can do nothing with what arrives.
        program?.send(SIGSTOP)
        let answer = exchange(request)
        let status = String(decoding: answer.prefix(12), as: UTF8.self).suffix(3)
        seen.withLock {
            $0.append(
                Exchange(
                    grant: isRefresh ? "refresh_token" : "authorization_code",
                    status: Int(status) ?? 0))
        }
        _ = answer.withUnsafeBytes {
            send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        program?.send(SIGKILL)
    }

    private func exchange(_ request: [UInt8]) -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = Self.loopback(port: target)
        let isConnected = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return [] }
        _ = request.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
        return Self.message(from: descriptor)
    }

    /// A whole message of HTTP, by its `Content-Length`.
    private static func message(from descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let head = text[..<end.lowerBound].lowercased()
            let length =
                head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
            if text[end.upperBound...].utf8.count >= length { return bytes }
        }
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }
}
