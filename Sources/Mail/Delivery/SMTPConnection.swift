internal import Dispatch
public import Foundation

/// A connection to a mail server that is kept from one message to the next.
///
/// libcurl blocks, and the shared pool of threads must not: everything happens on a queue of its own,
/// one message after the other. The connection is opened by the first message and closed with this.
public final class SMTPConnection: Sendable {
    private let server: SMTPServer
    private let queue = DispatchQueue(label: "sverka.smtp")
    private let kept = KeptSession()

    /// Makes a connection; nothing is connected before a message is sent.
    ///
    /// - Parameter server: The server and how to speak to it.
    public init(_ server: SMTPServer) { self.server = server }

    deinit {
        // Saying goodbye may wait for the server.
        let kept = kept
        queue.async { kept.session = nil }
    }

    /// Sends a message to one recipient and waits for the server's answer.
    ///
    /// Each recipient has a transaction of its own. That costs sending the message again for each, and
    /// brings what one transaction cannot: each recipient's own answer, of the server's last word on
    /// the message too, not only on the address.
    ///
    /// - Parameters:
    ///   - message: The bytes as composed.
    ///   - sender: To whom failures are reported.
    ///   - recipient: Who is to get it.
    /// - Returns: What became of it.
    public func send(
        _ message: Data, from sender: MailAddress, to recipient: MailAddress
    ) async -> DeliveryResult {
        await perform { session, isUsed in
            let result = session.send(message, from: sender, to: recipient)
            // A server may end a connection that served its number of messages; that is no verdict on
            // the next, which goes over a new one unless it may have arrived.
            guard isUsed, let error = result.error, !error.mayHaveArrived,
                error.code == 421 || error.kind == .connection
            else { return result }
            session.reconnect()
            return session.send(message, from: sender, to: recipient)
        }
    }

    /// Connects, protects the connection and signs in, but sends nothing.
    ///
    /// - Returns: What would keep a message from being sent; `nil` when nothing would.
    public func verify() async -> MailError? {
        await perform { session, _ in session.verify() }
    }

    private func perform<Value: Sendable>(
        _ body: @escaping @Sendable (SMTPSession, _ isUsed: Bool) -> Value
    ) async -> Value {
        let isCancelled = CancellationFlag()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [server, kept] in
                    let isUsed = kept.session != nil
                    let session = kept.session ?? SMTPSession(server)
                    kept.session = session
                    session.isCancelled = isCancelled
                    continuation.resume(returning: body(session, isUsed))
                }
            }
        } onCancel: {
            isCancelled.set()
        }
    }
}

/// The session of a connection.
///
/// Unchecked: it is touched on the connection's queue only, which runs one thing at a time.
private final class KeptSession: @unchecked Sendable {
    var session: SMTPSession?
}
