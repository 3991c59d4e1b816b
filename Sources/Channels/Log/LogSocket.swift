internal import Dispatch
internal import Foundation

/// Sends one message through a socket, which blocks for some seconds at most, after the host's name
/// was looked up: that takes as long as the system's resolver is set to try.
enum LogSocket {
    /// Where to.
    enum Place: Hashable, Sendable {
        case local(path: String)
        case udp(host: String, port: String)
        case tcp(host: String, port: String)
    }

    private static let timeoutSeconds = 5

    /// Sends a message; on a queue of its own, since the shared pool of threads must not block.
    static func send(_ bytes: [UInt8], to place: Place) async throws(ChannelFailure) {
        let failure: ChannelFailure? = await withCheckedContinuation { continuation in
            DispatchQueue(label: "sverka.log").async {
                do throws(ChannelFailure) {
                    let socket = try connect(place)
                    defer { close(socket) }
                    try write(bytes, to: socket)
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
        }
        if let failure { throw failure }
    }

    private static func connect(_ place: Place) throws(ChannelFailure) -> Int32 {
        switch place {
        case .local(let path): return try connectLocal(path)
        case .udp(let host, let port):
            return try connect(host, port, kind: Int32(SOCK_DGRAM.rawValue))
        case .tcp(let host, let port):
            return try connect(host, port, kind: Int32(SOCK_STREAM.rawValue))
        }
    }

    private static func connectLocal(_ path: String) throws(ChannelFailure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else {
            throw ChannelFailure(.permanent, message: "the path of the socket is too long")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        // Some loggers listen for a stream.
        for kind in [SOCK_DGRAM, SOCK_STREAM] {
            let socket = try open(AF_UNIX, Int32(kind.rawValue))
            let status = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Foundation.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            if status == 0 { return socket }
            let reason = errno
            close(socket)
            guard reason == EPROTOTYPE else { throw failure("cannot be reached", reason) }
        }
        throw failure("cannot be reached", EPROTOTYPE)
    }

    private static func connect(
        _ host: String, _ port: String, kind: Int32
    ) throws(ChannelFailure) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = kind
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &found) == 0, let first = found else {
            throw ChannelFailure(.connection, message: "the logger's host is not known")
        }
        defer { freeaddrinfo(found) }
        var reason: Int32 = 0
        for address in sequence(first: first, next: { $0.pointee.ai_next }) {
            let socket = try open(address.pointee.ai_family, kind)
            if Foundation.connect(socket, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0
            {
                return socket
            }
            reason = errno
            close(socket)
        }
        throw failure("cannot be reached", reason)
    }

    private static func open(_ family: Int32, _ kind: Int32) throws(ChannelFailure) -> Int32 {
        let socket = Foundation.socket(family, kind | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw failure("cannot be reached", errno) }
        // Bounds connecting, too.
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        return socket
    }

    private static func write(_ bytes: [UInt8], to socket: Int32) throws(ChannelFailure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                return Foundation.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw failure("did not take it", errno) }
            sent += count
        }
    }

    private static func failure(_ words: String, _ reason: Int32) -> ChannelFailure {
        ChannelFailure(
            .connection, message: "the logger \(words): \(String(cString: strerror(reason)))")
    }
}
