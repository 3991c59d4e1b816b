/// What the server of a private cluster is told.
struct ClusterSettings {
    var socketFolder: String
    /// Settings that are put in place of the ones below, or beside them.
    var overrides: [String: String]

    /// Included at the end of `postgresql.conf`, so that it has the last word.
    static let fileName = "embedded.conf"

    /// The settings file.
    ///
    /// Durability is left as it is: `fsync` and `synchronous_commit` stay on, as the data are the
    /// only copy of people's decisions. The sizes suit a server that shares a small machine with its
    /// only client; much WAL before a checkpoint because a night loads most of the data at once.
    var configuration: String {
        var settings = [
            // No TCP: who cannot open the socket's folder cannot even ask.
            "listen_addresses": "",
            "unix_socket_directories": socketFolder,
            "unix_socket_permissions": "0700",
            "port": "5432",
            "max_connections": "50",
            "shared_buffers": "192MB",
            "effective_cache_size": "768MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "max_wal_size": "2GB",
            "checkpoint_timeout": "15min",
            "wal_compression": "on",
            // No replicas, so no need for more than crash safety in the WAL.
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "random_page_cost": "1.1",
            // Compiling a plan costs more than it saves on statements of this size.
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            "logging_collector": "off",
            "log_line_prefix": "%m [%p] ",
            // Statements, parameters and DETAIL may hold personal data; the log must not.
            "log_min_error_statement": "panic",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",
            "log_checkpoints": "off",
        ]
        settings.merge(overrides) { _, override in override }
        return settings.sorted { $0.key < $1.key }
            .map { "\($0.key) = '\(Self.quoted($0.value))'\n" }.joined()
    }

    /// Only through the socket, and only as the system users of ``identities(of:)``.
    static let authentication = "local all all peer map=owner\n"

    /// The owner of the folder and root are the database's superuser; nobody else is anybody.
    static func identities(of user: ServerUser) -> String {
        Set(["root", user.name]).sorted()
            .map { "owner \"\($0)\" \(EmbeddedCluster.superuser)\n" }.joined()
    }

    private static func quoted(_ value: String) -> String {
        value.map { $0 == "'" || $0 == "\\" ? "\($0)\($0)" : String($0) }.joined()
    }
}
