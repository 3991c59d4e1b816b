public import Foundation

/// Who signs in to a server; nothing of it is ever part of an error or a description.
public struct RemoteCredentials: Sendable, CustomStringConvertible {
    let user: String
    let password: String?
    let privateKey: URL?
    let passphrase: String?

    /// Signs in with a password.
    public init(user: String, password: String) {
        self.user = user
        self.password = password
        privateKey = nil
        passphrase = nil
    }

    /// Signs in with a key, for `sftp`.
    ///
    /// - Parameters:
    ///   - user: The user name.
    ///   - privateKey: The file of the private key.
    ///   - passphrase: What the key is protected with; `nil` for nothing.
    public init(user: String, privateKey: URL, passphrase: String? = nil) {
        self.user = user
        self.privateKey = privateKey
        self.passphrase = passphrase
        password = nil
    }

    /// Says only that there are some.
    public var description: String { "credentials" }
}

/// How files are fetched from a server.
public struct RemoteSettings: Sendable {
    /// How to tell that an export has ended.
    public enum Completeness: Hashable, Sendable {
        /// Files are fetched as they are found.
        case asFound
        /// Two looks with a pause between them find the same files and sizes.
        case stable(pause: Duration, deadline: Duration)
        /// A file of this name is there.
        case marker(String)
    }

    /// How to tell that the export has ended.
    public var completeness: Completeness
    /// Only files with these endings are fetched, in lower case without the point.
    public var endings: Set<String>
    /// Certificates that are trusted instead of the system's; `nil` for the system's.
    public var certificateFile: URL?
    /// Whether the server's certificate is checked; without, anybody may be the server.
    public var verifiesCertificate: Bool
    /// The file of host keys that are trusted, for `sftp`; `nil` for `~/.ssh/known_hosts`.
    public var knownHosts: URL?
    /// The SHA-256 of the host key that is trusted, as `ssh-keygen -l` shows it after `SHA256:`;
    /// it stands for ``knownHosts``.
    public var hostKey: String?
    /// The proxy, for `http` and `https`; `nil` for none, whatever the environment says.
    public var proxy: String?
    /// How long connecting may take, in seconds.
    public var connectTimeout: Int
    /// For how long nothing may come, in seconds.
    public var stallTimeout: Int
    /// How long one file may take, in seconds.
    public var fileTimeout: Int
    /// How often each thing is tried.
    public var attempts: Int
    /// The pause before the second attempt; it doubles with each further one.
    public var pause: Duration
    /// The largest file that is fetched, in bytes.
    public var fileByteCountMax: Int

    /// Makes settings; the usual ones suit a server of a partner on the internet.
    public init(
        completeness: Completeness = .stable(pause: .seconds(3), deadline: .seconds(900)),
        endings: Set<String> = [
            "xml", "zip", "csv", "tsv", "txt", "jsonl", "ndjson", "json", "log",
        ],
        certificateFile: URL? = nil, verifiesCertificate: Bool = true, knownHosts: URL? = nil,
        hostKey: String? = nil, proxy: String? = nil, connectTimeout: Int = 20,
        stallTimeout: Int = 60, fileTimeout: Int = 3_600, attempts: Int = 4,
        pause: Duration = .seconds(2), fileByteCountMax: Int = 8 << 30
    ) {
        self.completeness = completeness
        self.endings = endings
        self.certificateFile = certificateFile
        self.verifiesCertificate = verifiesCertificate
        self.knownHosts = knownHosts
        self.hostKey = hostKey
        self.proxy = proxy
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.fileTimeout = fileTimeout
        self.attempts = attempts
        self.pause = pause
        self.fileByteCountMax = fileByteCountMax
    }
}
