internal import Foundation
internal import Glibc

/// The steps of making, starting and stopping a cluster's server, under its control lock.
struct ClusterServer {
    let files: ClusterFiles
    let binaries: PostgresBinaries
    let user: ServerUser
    let settings: [String: String]
    let deadline: ContinuousClock.Instant

    private var child: ChildProcess { ChildProcess(user: user) }

    /// Checks that the server's user can get to the folder; groups and access lists count, so that
    /// user itself is asked.
    func checkReachable() async throws {
        guard user.isOther else { return }
        var ancestors: [String] = []
        var path = files.folder
        while path != "/" {
            ancestors.insert(path, at: 0)
            path = (path as NSString).deletingLastPathComponent
        }
        let script = "for d; do [ -x \"$d\" ] || { printf %s \"$d\"; exit 1; }; done"
        let outcome = try await child.run("/bin/sh", ["-c", script, "sh"] + ancestors)
        guard outcome.succeeded else {
            throw EmbeddedClusterError.folderNotReachable(
                folder: files.folder, user: user.name, blocked: outcome.output)
        }
    }

    /// Makes the data folder.
    ///
    /// The encoding is UTF-8 and texts are ordered by their bytes (`C`): the same on every machine,
    /// and no index breaks when the system's C library changes its order of letters. Upper and lower
    /// case follow Unicode where the system has `C.UTF-8`, because the plain `C` knows only ASCII's.
    /// Where people see an order, the query names a collation.
    func initialize() async throws {
        try? FileManager.default.removeItem(atPath: files.newData)
        try files.makePrivateFolder(files.newData, user: user)
        let letters = newlocale(Int32(1 << LC_CTYPE), "C.UTF-8", nil)
        if let letters { freelocale(letters) }
        let outcome = try await child.run(
            binaries.path("initdb"),
            [
                "--pgdata=\(files.newData)", "--username=\(EmbeddedCluster.superuser)",
                "--encoding=UTF8", "--locale=C", "--lc-ctype=\(letters == nil ? "C" : "C.UTF-8")",
                "--auth-local=peer", "--auth-host=reject", "--data-checksums", "--no-instructions",
            ])
        guard outcome.succeeded else {
            try? FileManager.default.removeItem(atPath: files.newData)
            if outcome.output.contains("No space left") {
                throw EmbeddedClusterError.diskFull(folder: files.folder)
            }
            throw EmbeddedClusterError.initializationFailed(
                folder: files.folder, output: outcome.output)
        }
        let main = files.newData + "/postgresql.conf"
        let text = FileManager.default.contents(atPath: main).map {
            String(decoding: $0, as: UTF8.self)
        }
        try files.write(
            (text ?? "") + "\ninclude '\(ClusterSettings.fileName)'\n", to: main, user: user)
        if access(files.data, F_OK) == 0 {
            throw EmbeddedClusterError.folderOccupied(
                folder: files.data, reason: "it exists, but holds no PostgreSQL data")
        }
        guard rename(files.newData, files.data) == 0 else {
            throw SystemError.last.clusterError(folder: files.folder)
        }
    }

    /// Starts the server unless it runs, waits until it answers and makes the database.
    func start(database: String) async throws -> PostgresConfiguration {
        let logOffset = try files.prepareLog(user: user)
        var lastFailure = "it did not answer in time"
        while ContinuousClock.now < deadline {
            let file = PostmasterFile(dataFolder: files.data)
            guard let file, file.isRunning(dataFolder: files.data) else {
                try await launch(replacing: file, logOffset: logOffset)
                continue
            }
            if file.status != "stopping", !file.socketFolder.isEmpty {
                do {
                    return try await open(database, through: file)
                } catch let error as PostgresError where error.isTransient {
                    lastFailure = error.message
                }
            }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw EmbeddedClusterError.startFailed(
            folder: files.folder, reason: lastFailure, log: files.logTail(from: logOffset))
    }

    private func launch(replacing stale: PostmasterFile?, logOffset: Int) async throws {
        if stale != nil {
            // The server itself would refuse to start while any process has the number, a zombie
            // included. The socket's folder is this cluster's own, so its lock is as stale.
            unlink(files.data + "/postmaster.pid")
            unlink(files.socketFolder + "/.s.PGSQL.5432.lock")
        }
        try files.makePrivateFolder(files.socketFolder, user: user)
        let texts = [
            (
                ClusterSettings.fileName,
                ClusterSettings(socketFolder: files.socketFolder, overrides: settings).configuration
            ),
            ("pg_hba.conf", ClusterSettings.authentication),
            ("pg_ident.conf", ClusterSettings.identities(of: user)),
        ]
        for (name, text) in texts {
            try files.write(text, to: files.data + "/" + name, user: user)
        }
        let seconds = max(1, ContinuousClock.now.duration(to: deadline).milliseconds / 1000)
        let outcome = try await child.run(
            binaries.path("pg_ctl"),
            [
                "start", "--wait", "--timeout=\(seconds)", "--pgdata=\(files.data)",
                "--log=\(files.log)",
            ])
        if outcome.succeeded { return }
        let log = files.logTail(from: logOffset)
        if log.contains("No space left") || outcome.output.contains("No space left") {
            throw EmbeddedClusterError.diskFull(folder: files.folder)
        }
        // After the postmaster was killed its children need a moment to notice and to leave.
        if log.contains("shared memory block"), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(100))
            return
        }
        let last = outcome.output.split(separator: "\n").last.map(String.init) ?? "pg_ctl failed"
        throw EmbeddedClusterError.startFailed(folder: files.folder, reason: last, log: log)
    }

    private func open(
        _ database: String, through file: PostmasterFile
    ) async throws -> PostgresConfiguration {
        var configuration = PostgresConfiguration(
            address: .socketFolder(file.socketFolder), port: file.port, database: "postgres",
            user: EmbeddedCluster.superuser)
        let connection = try PostgresConnection(configuration)
        try await connection.createDatabase(database)
        await connection.close()
        configuration.database = database
        return configuration
    }

    /// Stops the server: at once for those who are connected, in order for the data.
    func stop() async throws {
        guard let file = PostmasterFile(dataFolder: files.data),
            file.isRunning(dataFolder: files.data)
        else { return }
        let outcome = try await child.run(
            binaries.path("pg_ctl"),
            ["stop", "--wait", "--mode=fast", "--timeout=120", "--pgdata=\(files.data)"])
        guard outcome.succeeded || !file.isRunning(dataFolder: files.data) else {
            throw EmbeddedClusterError.stopFailed(folder: files.folder, output: outcome.output)
        }
    }
}

extension PostgresError {
    /// Whether a server that is about to start may answer like that.
    fileprivate var isTransient: Bool {
        switch kind {
        case .shuttingDown, .connectionFailed, .connectionLost, .resourceExhausted: true
        default: false
        }
    }
}
