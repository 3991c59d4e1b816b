public import Foundation

/// The server that takes our messages, and how to speak to it.
public struct SMTPServer: Sendable {
    /// How the connection is protected.
    public enum Security: String, Hashable, Sendable, Codable, CaseIterable {
        /// Plain at first, then STARTTLS; a server without it is refused. Port 587 as a rule.
        case startTLS = "starttls"
        /// TLS from the first byte. Port 465 as a rule.
        case implicitTLS = "tls"
        /// No protection: for a server on the same machine.
        case none
    }

    /// How the user is proved.
    public enum Authentication: String, Hashable, Sendable, Codable, CaseIterable {
        /// AUTH PLAIN (RFC 4616).
        case plain
        /// AUTH LOGIN, for older servers.
        case login
        /// AUTH XOAUTH2: an access token instead of a password.
        case xoauth2

        var mechanism: String { rawValue.uppercased() }
    }

    /// A user name with its secret; neither is ever part of an error or a description.
    public struct Credentials: Sendable, CustomStringConvertible {
        /// What proves the user.
        enum Secret: Sendable {
            case password(String)
            case accessToken(String)
        }

        let user: String
        let secret: Secret

        /// Takes a user name and a password.
        ///
        /// - Parameters:
        ///   - user: The user name.
        ///   - password: The password.
        public init(user: String, password: String) {
            self.user = user
            secret = .password(password)
        }

        /// Takes a user name and an access token of OAuth 2.0, for `AUTH XOAUTH2`.
        ///
        /// - Parameters:
        ///   - user: The user name.
        ///   - accessToken: The token, as long as it is valid.
        public init(user: String, accessToken: String) {
            self.user = user
            secret = .accessToken(accessToken)
        }

        /// Says only that there are some.
        public var description: String { "credentials" }
    }

    /// The host's name, which its certificate must bear.
    public var host: String
    /// The port.
    public var port: Int
    /// How the connection is protected.
    public var security: Security
    /// The user; `nil` for none.
    public var credentials: Credentials?
    /// How the user is proved; `nil` for the safest that both sides know.
    public var authentication: Authentication?
    /// Certificates that are trusted instead of the system's; `nil` for the system's.
    public var certificateFile: URL?
    /// The name by which we greet the server; `nil` for the machine's.
    public var clientName: String?
    /// The time after which an unanswered connection is given up, in seconds.
    public var connectTimeout: Int
    /// The time after which the sending of one message is given up, in seconds, beside what its size
    /// needs.
    public var messageTimeout: Int

    /// Makes the settings of a server.
    ///
    /// - Parameters:
    ///   - host: The host's name.
    ///   - port: The port; `nil` for the usual one of the protection.
    ///   - security: How the connection is protected.
    ///   - credentials: The user; `nil` for none.
    ///   - authentication: How the user is proved; `nil` for the safest that both sides know.
    ///   - certificateFile: Certificates that are trusted instead of the system's.
    ///   - clientName: The name by which we greet the server.
    ///   - connectTimeout: The time for connecting, in seconds.
    ///   - messageTimeout: The time for one message, in seconds.
    public init(
        host: String, port: Int? = nil, security: Security = .startTLS,
        credentials: Credentials? = nil, authentication: Authentication? = nil,
        certificateFile: URL? = nil, clientName: String? = nil,
        connectTimeout: Int = 20, messageTimeout: Int = 120
    ) {
        self.host = host
        self.port =
            port
            ?? (security == .startTLS ? 587 : security == .implicitTLS ? 465 : 25)
        self.security = security
        self.credentials = credentials
        self.authentication = authentication
        self.certificateFile = certificateFile
        self.clientName = clientName
        self.connectTimeout = connectTimeout
        self.messageTimeout = messageTimeout
    }
}

/// What became of a message for one recipient.
public struct DeliveryResult: Hashable, Sendable {
    /// The recipient.
    public var recipient: MailAddress
    /// Why the server did not take it; `nil` when it did.
    public var error: MailError?
    /// The server's last words, in one line, cut, without addresses: `250 2.0.0 Ok: queued as 4Tx`.
    public var reply: String

    /// Whether the server took the message for this recipient.
    public var isAccepted: Bool { error == nil }

    /// Makes a result.
    public init(recipient: MailAddress, error: MailError? = nil, reply: String = "") {
        self.recipient = recipient
        self.error = error
        self.reply = reply
    }
}
