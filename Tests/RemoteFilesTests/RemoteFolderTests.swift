import Foundation
import RemoteFiles
import Synchronization
import TestSupport
import Testing

@Suite("Remote folders")
struct RemoteFolderTests {
    private let local: TemporaryFolder

    init() throws { local = try TemporaryFolder() }

    static let possible = ["ftp", "ftpes", "http", "https", "sftp"].filter {
        TestFileServer.isPossible($0)
            && (TestCertificate.isPossible || !["ftpes", "https"].contains($0))
    }
    static let content = Array("<каталог/>".utf8)
    static let large = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    /// A server and what trusts it.
    private struct Scene {
        let server: TestFileServer
        var settings: RemoteSettings
        let kind: String
        private let certificate: TestCertificate?

        init(_ kind: String, _ flags: [String] = []) throws {
            let isProtected = ["ftpes", "https"].contains(kind)
            certificate = isProtected ? try TestCertificate() : nil
            server = try TestFileServer(kind, flags + (certificate?.flags ?? []))
            self.kind = kind
            settings = RemoteSettings(
                completeness: .asFound, certificateFile: certificate?.certificate,
                hostKey: kind == "sftp" ? server.hostKey.hash : nil)
        }

        func folder(
            path: String = "/", user: String = TestFileServer.user,
            password: String = TestFileServer.password, _ settings: RemoteSettings? = nil,
            sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in }
        ) throws -> RemoteFolder {
            try RemoteFolder(
                RemoteAddress("\(kind)://127.0.0.1:\(server.port)\(path)"),
                credentials: RemoteCredentials(user: user, password: password),
                settings: settings ?? self.settings, sleep: sleep)
        }
    }

    private func fetched(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: local.url.appending(path: name)))
    }

    private func refusal(_ body: () async throws -> Void) async throws -> RemoteError {
        let error = try await #require(throws: RemoteError.self) { try await body() }
        #expect(!error.message.contains(TestFileServer.password))
        return error
    }

    // MARK: What holds for each protocol

    @Test(
        "files are fetched whole, once, and again when they changed",
        .enabled(if: !possible.isEmpty, "needs Python's file servers"), arguments: possible)
    func fetches(kind: String) async throws {
        let scene = try Scene(kind)
        try scene.server.put(Self.content, "import0_1.xml")
        try scene.server.put(Self.large, "каталог 1.zip", modified: 1_767_300_000)
        try scene.server.put([1], "readme.md")
        try scene.server.put([1], ".hidden.xml")
        try scene.server.put([1], "folder/inner.xml")
        let folder = try scene.folder()

        let first = try await folder.fetch(into: local.url)
        #expect(first.fetched == ["import0_1.xml", "каталог 1.zip"])
        #expect(try fetched("import0_1.xml") == Self.content)
        #expect(try fetched("каталог 1.zip") == Self.large)
        let attributes = try FileManager.default.attributesOfItem(
            atPath: local.url.appending(path: "каталог 1.zip").path)
        #expect(
            attributes[.modificationDate] as? Date == Date(timeIntervalSince1970: 1_767_300_000))

        // Taken away by whoever reads them, they are not fetched again.
        try FileManager.default.removeItem(at: local.url.appending(path: "import0_1.xml"))
        let second = try await folder.fetch(into: local.url)
        #expect(second.fetched.isEmpty)
        #expect(second.unchanged == ["import0_1.xml", "каталог 1.zip"])

        try scene.server.put(Array("<новый/>".utf8), "import0_1.xml", modified: 1_767_400_000)
        #expect(try await folder.fetch(into: local.url).fetched == ["import0_1.xml"])
        #expect(try fetched("import0_1.xml") == Array("<новый/>".utf8))

        let left = try FileManager.default.contentsOfDirectory(atPath: local.url.path)
        #expect(left.sorted() == [".sverka-fetched.json", "import0_1.xml", "каталог 1.zip"])
    }

    @Test(
        "a wrong password is refused at once, not tried again, and not told",
        .enabled(if: !possible.isEmpty, "needs Python's file servers"), arguments: possible)
    func wrongPassword(kind: String) async throws {
        let scene = try Scene(kind)
        try scene.server.put(Self.content, "a.xml")
        let sleeps = Mutex(0)
        let error = try await refusal {
            let folder = try scene.folder(
                password: "wröng", sleep: { _ in sleeps.withLock { $0 += 1 } })
            _ = try await folder.fetch(into: local.url)
        }
        #expect(error.kind == .authentication)
        #expect(error.message.hasPrefix("\(kind)://127.0.0.1:\(scene.server.port)/: "))
        #expect(!error.message.contains("wröng") && !error.message.contains("sverka:"))
        #expect(sleeps.withLock { $0 } == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: local.url.path).isEmpty)
    }

    @Test(
        "a transfer that breaks off goes on where it was",
        .enabled(if: !possible.isEmpty, "needs Python's file servers"),
        arguments: possible.filter { $0 != "ftpes" })
    func resumes(kind: String) async throws {
        let scene = try Scene(kind, ["dies=90000", "ranges"])
        try scene.server.put(Self.large, "big.zip")
        let result = try await scene.folder().fetch(into: local.url)
        #expect(result.fetched == ["big.zip"])
        #expect(result.retries == 1)
        // Not much more than once: it was not begun anew.
        #expect(result.byteCount < Self.large.count + 20_000)
        #expect(try fetched("big.zip") == Self.large)
    }

    @Test(
        "a transfer that was interrupted goes on in the next run",
        .enabled(if: !possible.isEmpty, "needs Python's file servers"), arguments: possible)
    func resumesLater(kind: String) async throws {
        let scene = try Scene(kind, ["ranges"])
        try scene.server.put(Self.large, "big.zip")
        let part = ".big.zip.\(Self.large.count)-1767225600.part"
        try Data(Self.large[..<150_000]).write(to: local.url.appending(path: part))
        let stale = local.url.appending(path: ".big.zip.7-7.part")
        try Data([1]).write(to: stale)
        let result = try await scene.folder().fetch(into: local.url)
        #expect(try fetched("big.zip") == Self.large)
        #expect(result.byteCount < 60_000)
        #expect(!FileManager.default.fileExists(atPath: stale.path))
    }

    @Test(
        "a file that still grows is not taken",
        .enabled(if: !possible.isEmpty, "needs Python's file servers"),
        arguments: possible.filter { $0 != "sftp" })
    func growing(kind: String) async throws {
        let scene = try Scene(kind, ["grows"])
        try scene.server.put(Self.content, "a.xml")
        var settings = scene.settings
        settings.completeness = .stable(pause: .seconds(3), deadline: .seconds(30))
        let error = try await refusal {
            _ = try await scene.folder(settings).fetch(into: local.url)
        }
        #expect(error.kind == .incomplete)
        #expect(error.message.contains("files are still being written"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: local.url.path).isEmpty)
    }

    @Test(
        "nothing is fetched before the marker is there, and the marker is no file of the export",
        .enabled(if: !possible.isEmpty, "needs Python's file servers"), arguments: possible)
    func marker(kind: String) async throws {
        let scene = try Scene(kind)
        try scene.server.put(Self.content, "a.xml")
        var settings = scene.settings
        settings.completeness = .marker("ready.flag")
        let error = try await refusal {
            _ = try await scene.folder(settings).fetch(into: local.url)
        }
        #expect(error.kind == .incomplete)
        try scene.server.put([1], "ready.flag")
        #expect(try await scene.folder(settings).fetch(into: local.url).fetched == ["a.xml"])
    }

    @Test(
        "a folder that is not there is an error that names it",
        .enabled(if: !possible.isEmpty, "needs Python's file servers"), arguments: possible)
    func noFolder(kind: String) async throws {
        let scene = try Scene(kind)
        let error = try await refusal {
            _ = try await scene.folder(path: "/nothing/here/").fetch(into: local.url)
        }
        #expect(error.kind == .notFound)
        #expect(error.message.contains("/nothing/here/"))
    }

    @Test(
        "a server that nobody listens for is tried a few times, with growing pauses",
        arguments: ["ftp", "ftps", "sftp", "http", "https"])
    func unreachable(scheme: String) async throws {
        let pauses = Mutex<[Duration]>([])
        let settings = RemoteSettings(
            completeness: .asFound, hostKey: "x", attempts: 4, pause: .seconds(2))
        let error = try await refusal {
            // Port 1 is reserved and silent.
            let folder = try RemoteFolder(
                RemoteAddress("\(scheme)://127.0.0.1:1/"), settings: settings,
                sleep: { pause in pauses.withLock { $0.append(pause) } })
            _ = try await folder.fetch(into: local.url)
        }
        #expect(error.kind == .connection)
        #expect(pauses.withLock { $0 } == [.seconds(2), .seconds(4), .seconds(8)])
    }

    @Test(
        "a file over the limit is refused before it is fetched",
        .enabled(if: !possible.isEmpty, "needs Python's file servers"), arguments: possible)
    func tooLarge(kind: String) async throws {
        let scene = try Scene(kind)
        try scene.server.put(Self.large, "big.zip")
        var settings = scene.settings
        settings.fileByteCountMax = 100_000
        let error = try await refusal {
            _ = try await scene.folder(settings).fetch(into: local.url)
        }
        #expect(error.kind == .refused)
    }

    // MARK: Trust

    @Test(
        "a certificate that nobody vouches for is refused",
        .enabled(
            if: possible.contains("https") && possible.contains("ftpes"), "needs servers with TLS"),
        arguments: ["https", "ftpes"])
    func untrusted(kind: String) async throws {
        let scene = try Scene(kind)
        var settings = scene.settings
        settings.certificateFile = nil
        let error = try await refusal {
            _ = try await scene.folder(settings).fetch(into: local.url)
        }
        #expect(error.kind == .untrusted)
        settings.verifiesCertificate = false
        try scene.server.put(Self.content, "a.xml")
        #expect(try await scene.folder(settings).fetch(into: local.url).fetched == ["a.xml"])
    }

    @Test(
        "a server that does not begin TLS never gets the password",
        .enabled(if: possible.contains("ftp"), "needs Python's file servers"))
    func withoutTLS() async throws {
        let scene = try Scene("ftp")
        let error = try await refusal {
            let folder = try RemoteFolder(
                RemoteAddress("ftpes://127.0.0.1:\(scene.server.port)/"),
                credentials: RemoteCredentials(user: "sverka", password: TestFileServer.password),
                settings: scene.settings, sleep: { _ in })
            _ = try await folder.fetch(into: local.url)
        }
        #expect(error.kind == .untrusted)
        #expect(!scene.server.commands.contains { $0.hasPrefix("PASS") })
    }

    @Test(
        "an SSH server shows the host key that is known, or is refused",
        .enabled(if: possible.contains("sftp"), "needs asyncssh"))
    func hostKey() async throws {
        let scene = try Scene("sftp")
        try scene.server.put(Self.content, "a.xml")
        var settings = scene.settings
        settings.hostKey = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        let wrong = try await refusal {
            _ = try await scene.folder(settings).fetch(into: local.url)
        }
        #expect(wrong.kind == .untrusted)

        settings.hostKey = nil
        settings.knownHosts = try local.write(
            "[127.0.0.1]:\(scene.server.port) \(scene.server.hostKey.line)\n", to: "known_hosts")
        #expect(try await scene.folder(settings).fetch(into: local.url).fetched == ["a.xml"])
        settings.knownHosts = try local.write("", to: "nobody")
        let unknown = try await refusal {
            _ = try await scene.folder(settings).fetch(into: local.url)
        }
        #expect(unknown.kind == .untrusted)

        settings.knownHosts = local.url.appending(path: "none")
        let none = #expect(throws: RemoteError.self) { try scene.folder(settings) }
        #expect(none?.kind == .misconfigured)
        #expect(none?.message.contains("ssh-keyscan") == true)
    }

    @Test(
        "an SSH server takes a key instead of a password",
        .enabled(if: possible.contains("sftp"), "needs asyncssh"))
    func key() async throws {
        let key = local.url.appending(path: "key")
        let scene = try Scene("sftp", ["clientkey=\(key.path)"])
        try scene.server.put(Self.content, "a.xml")
        let folder = try RemoteFolder(
            RemoteAddress("sftp://127.0.0.1:\(scene.server.port)/"),
            credentials: RemoteCredentials(user: "sverka", privateKey: key),
            settings: scene.settings, sleep: { _ in })
        #expect(try await folder.fetch(into: local.url).fetched == ["a.xml"])
    }

    // MARK: Web servers

    @Test(
        "names on an index page that lead elsewhere are not fetched",
        .enabled(if: possible.contains("http"), "needs Python"))
    func indexPage() async throws {
        let index =
            #"<a href="../up.xml">x</a><a href="/etc/a.xml">x</a><a href="b%2F..%2Fc.xml">x</a>"#
            + #"<a href="http://127.0.0.1:1/d.xml">x</a><a href="?C=N;O=D">x</a>"#
            + #"<A class="f" HREF="./good.xml">x</A><a href='%D1%91%20&amp;.xml'>x</a>"#
        let scene = try Scene("http", ["index=\(index)"])
        try scene.server.put(Self.content, "good.xml")
        try scene.server.put(Self.content, "ё &.xml")
        let result = try await scene.folder().fetch(into: local.url)
        #expect(result.fetched == ["good.xml", "ё &.xml"])
    }

    @Test(
        "an address without a slash at its end is one file; the server may send us on",
        .enabled(if: possible.contains("http"), "needs Python"))
    func oneFile() async throws {
        let scene = try Scene("http")
        try scene.server.put(Self.content, "import.xml")
        let folder = try scene.folder(path: "/moved/import.xml")
        #expect(try await folder.fetch(into: local.url).fetched == ["import.xml"])
        #expect(try fetched("import.xml") == Self.content)
    }

    @Test(
        "a protected server that sends us on to an open one is not followed",
        .enabled(if: possible.contains("https"), "needs Python"))
    func openRedirect() async throws {
        let open = try Scene("http")
        try open.server.put(Self.content, "import.xml")
        let scene = try Scene("https", ["moved=http://127.0.0.1:\(open.server.port)/"])
        let error = try await refusal {
            _ = try await scene.folder(path: "/moved/import.xml").fetch(into: local.url)
        }
        #expect(error.kind == .misconfigured)
        #expect(open.server.commands.isEmpty)
    }

    @Test(
        "a web server without ranges gives a broken file from its beginning",
        .enabled(if: possible.contains("http"), "needs Python"))
    func withoutRanges() async throws {
        let scene = try Scene("http", ["dies=90000"])
        try scene.server.put(Self.large, "big.zip")
        let result = try await scene.folder().fetch(into: local.url)
        #expect(try fetched("big.zip") == Self.large)
        #expect(result.retries == 2)
    }

    @Test(
        "fetching ends when its task is cancelled",
        .enabled(if: possible.contains("http"), "needs Python"))
    func cancelled() async throws {
        let scene = try Scene("http")
        try scene.server.put(Self.content, "a.xml")
        let folder = try scene.folder()
        let place = local.url
        let task = Task { try await folder.fetch(into: place) }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(
            try !FileManager.default.contentsOfDirectory(atPath: place.path).contains("a.xml"))
    }
}

@Suite("Remote addresses")
struct RemoteAddressTests {
    @Test("are shown as they were written")
    func shown() throws {
        for text in ["ftp://host/", "sftp://host:2222/~/export/", "https://[::1]:8443/a/b.xml"] {
            #expect(try RemoteAddress(text).description == text)
        }
    }

    @Test("with a password are refused without telling it")
    func password() throws {
        let error = #expect(throws: RemoteError.self) {
            try RemoteAddress("ftp://user:secret@host/")
        }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("secret") == false)
    }

    @Test(
        "of other kinds are refused",
        arguments: ["", "host/folder", "file:///etc", "smb://host/", "ftp://", "http://h/?a=1"])
    func refused(text: String) {
        #expect(throws: RemoteError.self) { try RemoteAddress(text) }
    }

    @Test("credentials show nothing of themselves")
    func credentials() {
        let credentials = RemoteCredentials(user: "user", password: "secret")
        #expect("\(credentials)" == "credentials")
    }
}
