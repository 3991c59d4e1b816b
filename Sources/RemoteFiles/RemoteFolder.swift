public import Foundation

/// A folder of exported files on another machine.
///
/// Files are fetched into a local folder, where they appear whole under their names or not at all.
public struct RemoteFolder: Sendable {
    /// Where it is.
    public let address: RemoteAddress
    private let credentials: RemoteCredentials?
    private let settings: RemoteSettings
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Listings larger than this are none.
    private static let listingByteCountMax = 32 << 20

    /// Names a folder; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - address: Where it is.
    ///   - credentials: Who signs in; `nil` for nobody.
    ///   - settings: How files are fetched.
    ///   - sleep: Waits between attempts and looks.
    /// - Throws: ``RemoteError`` when the settings do not suffice for such an address.
    public init(
        _ address: RemoteAddress, credentials: RemoteCredentials? = nil,
        settings: RemoteSettings = RemoteSettings(),
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) throws(RemoteError) {
        guard TransferSession.isAvailable(address.scheme) else {
            throw RemoteError(
                .misconfigured,
                "\(address): the libcurl of this machine was built without "
                    + "\(address.scheme.rawValue); install the one of the distribution "
                    + "(libcurl4-openssl on Debian)")
        }
        if address.scheme == .sftp, settings.hostKey == nil,
            !FileManager.default.fileExists(atPath: settings.knownHostsFile.path)
        {
            throw RemoteError(
                .misconfigured,
                "\(address): the server's host key is not known here, so anybody could be the "
                    + "server. Give its SHA-256 (ssh-keygen -l) or a file of known hosts "
                    + "(ssh-keyscan \(address.host)).")
        }
        self.address = address
        self.credentials = credentials
        self.settings = settings
        self.sleep = sleep
    }

    /// What is in the folder, in the order of names.
    ///
    /// - Returns: The files with one of the endings, and the marker if there is one.
    /// - Throws: ``RemoteError`` when it cannot be read.
    public func files() async throws -> [RemoteFile] {
        var fetching = Fetching()
        return try await list(session(), &fetching)
    }

    /// Fetches the files that are new or changed since they were fetched last.
    ///
    /// - Parameter folder: Where to; it is made when it is not there.
    /// - Returns: What was fetched.
    /// - Throws: ``RemoteError`` when a file cannot be fetched; those before it are kept.
    public func fetch(into folder: URL) async throws -> FetchedFiles {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw RemoteError(.local, "\(folder.path) cannot be made; see that it may be written")
        }
        let session = session()
        var fetching = Fetching()
        let files = try await completeFiles(session, &fetching)
        var record = FetchRecord(of: folder)
        for file in files {
            if record.has(file) {
                fetching.result.unchanged.append(file.name)
                continue
            }
            let partial = PartialFile(file, in: folder)
            try await download(file, to: partial, session, &fetching)
            try partial.finish(file)
            try record.insert(file)
            fetching.result.fetched.append(file.name)
        }
        return fetching.result
    }

    private struct Fetching {
        var result = FetchedFiles()
    }

    private func session() -> TransferSession { TransferSession(address, credentials, settings) }

    // MARK: Looking

    private func completeFiles(
        _ session: TransferSession, _ fetching: inout Fetching
    ) async throws -> [RemoteFile] {
        var found = try await list(session, &fetching)
        switch settings.completeness {
        case .asFound: break
        case .marker(let name):
            guard found.contains(where: { $0.name == name }) else {
                throw RemoteError(
                    .incomplete,
                    "\(address): the file '\(name)', which says that the export is complete, is "
                        + "not there; nothing was fetched. Try again when the export has ended.")
            }
            found.removeAll { $0.name == name && !isWanted($0.name) }
        case .stable(let pause, let deadline):
            var waited = Duration.zero
            while true {
                try await sleep(pause)
                waited += pause
                let again = try await list(session, &fetching)
                if again == found { break }
                found = again
                guard waited < deadline else {
                    throw RemoteError(
                        .incomplete,
                        "\(address): files are still being written; nothing was fetched. Try again "
                            + "when the export has ended.")
                }
            }
        }
        return found
    }

    private func list(
        _ session: TransferSession, _ fetching: inout Fetching
    ) async throws -> [RemoteFile] {
        guard address.isFolder else {
            let name = address.path.split(separator: "/").last.map(String.init) ?? "file"
            return [try await look(at: RemoteFile(name: name), session, &fetching)]
        }
        let isWeb = address.scheme == .http || address.scheme == .https
        let target = TransferRequest.Target.memory(limit: Self.listingByteCountMax)
        let listing = try await perform(
            TransferRequest(url: address.url(), target: target, namesOnly: !isWeb),
            session, &fetching
        ).body
        let names = isWeb ? RemoteListing.links(in: listing) : RemoteListing.names(in: listing)
        var files = names.filter { isWanted($0) || isMarker($0) }.map { RemoteFile(name: $0) }
        if address.scheme == .sftp {
            let long = try await perform(
                TransferRequest(url: address.url(), target: target), session, &fetching)
            files = RemoteListing.files(named: files.map(\.name), in: long.body)
        }
        for index in files.indices {
            files[index] = try await look(at: files[index], session, &fetching)
        }
        return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// A file with its size and time, as far as the server tells them.
    private func look(
        at file: RemoteFile, _ session: TransferSession, _ fetching: inout Fetching
    ) async throws -> RemoteFile {
        var file = file
        let isSSH = address.scheme == .sftp
        guard !isSSH || file.byteCount != 0 else { return file }
        let outcome = try await perform(
            TransferRequest(url: address.url(of: file.name), target: isSSH ? .firstByte : .nothing),
            session, &fetching)
        if !isSSH { file.byteCount = outcome.contentLength }
        file.modified = outcome.modified
        if let count = file.byteCount, count > settings.fileByteCountMax {
            throw RemoteError(
                .refused,
                "\(address): '\(file.name)' has \(count) bytes, more than the limit of "
                    + "\(settings.fileByteCountMax); nothing was fetched")
        }
        return file
    }

    private func isWanted(_ name: String) -> Bool {
        let parts = name.lowercased().split(separator: ".")
        return parts.count > 1
            && (parts.last.map { settings.endings.contains(String($0)) } ?? false)
    }

    private func isMarker(_ name: String) -> Bool { settings.completeness == .marker(name) }

    // MARK: Transfers

    private func download(
        _ file: RemoteFile, to partial: PartialFile, _ session: TransferSession,
        _ fetching: inout Fetching
    ) async throws {
        var attempt = 1
        while true {
            let offset = partial.byteCount
            if let count = file.byteCount, offset == count, count > 0 { return }
            let outcome = await session.perform(
                TransferRequest(
                    url: address.url(of: file.name),
                    target: .file(partial.place, offset: offset, limit: settings.fileByteCountMax)))
            fetching.result.byteCount += outcome.byteCount
            try Task.checkCancellation()
            let failure = outcome.failure
            if failure == nil, partial.isComplete { return }
            // A server that cannot go on gives the file from its beginning; so does one whose file
            // is not the size that it had when it was listed.
            if failure == nil || failure?.isRangeRefused == true { partial.remove() }
            let mayRetry = failure.map { $0.isTransient || $0.isRangeRefused } ?? true
            guard mayRetry, attempt < settings.attempts else {
                throw failure?.error("\(address), file '\(file.name)'")
                    ?? RemoteError(
                        .incomplete,
                        "\(address): '\(file.name)' is not of the size that the server says; it "
                            + "seems to be written just now. It was not taken; try again later.")
            }
            fetching.result.retries += 1
            try await sleep(settings.pause * (1 << (attempt - 1)))
            attempt += 1
        }
    }

    private func perform(
        _ request: TransferRequest, _ session: TransferSession, _ fetching: inout Fetching
    ) async throws -> TransferOutcome {
        var attempt = 1
        while true {
            let outcome = await session.perform(request)
            try Task.checkCancellation()
            fetching.result.byteCount += outcome.byteCount
            guard let failure = outcome.failure else { return outcome }
            guard failure.isTransient, attempt < settings.attempts else {
                throw failure.error("\(address)")
            }
            fetching.result.retries += 1
            try await sleep(settings.pause * (1 << (attempt - 1)))
            attempt += 1
        }
    }
}
