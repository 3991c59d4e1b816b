public import Foundation
internal import Synchronization

/// Sends composed messages through a server.
///
/// Each recipient has a transaction of its own on one connection. That costs sending the message
/// again for each, and brings what one transaction cannot: each recipient's own answer, of the
/// server's last word on the message too, not only on the address.
public struct SMTPTransport: Sendable {
    private let server: SMTPServer

    /// Makes a transport; nothing is connected before a message is sent.
    ///
    /// - Parameter server: The server and how to speak to it.
    public init(_ server: SMTPServer) { self.server = server }

    /// Sends a message to each recipient and waits for the server's answers.
    ///
    /// When the server cannot be reached, is not trusted or refuses the user, the recipients that
    /// are left get the same error without another try: repeated logins lock accounts.
    ///
    /// - Parameters:
    ///   - message: The bytes as composed.
    ///   - sender: To whom failures are reported.
    ///   - recipients: Who is to get it.
    /// - Returns: One result for each recipient, in their order.
    public func send(
        _ message: Data, from sender: MailAddress, to recipients: [MailAddress]
    ) async -> [DeliveryResult] {
        let connection = SMTPConnection(server)
        var verdictOnAll: MailError?
        var results: [DeliveryResult] = []
        for recipient in recipients {
            if let verdictOnAll {
                results.append(DeliveryResult(recipient: recipient, error: verdictOnAll))
                continue
            }
            let result = await connection.send(message, from: sender, to: recipient)
            if let error = result.error,
                [.connection, .tls, .authentication, .cancelled].contains(error.kind)
            {
                verdictOnAll = error
                verdictOnAll?.mayHaveArrived = false
            }
            results.append(result)
        }
        return results
    }

    /// Connects, protects the connection and signs in, but sends nothing.
    ///
    /// - Returns: What would keep a message from being sent; `nil` when nothing would.
    public func verify() async -> MailError? { await SMTPConnection(server).verify() }
}

/// Says to a blocking call that its task was cancelled.
final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    /// Whether it was.
    var isSet: Bool { flag.load(ordering: .relaxed) }

    /// Says so.
    func set() { flag.store(true, ordering: .relaxed) }
}
