internal import Glibc

extension PostgresConfiguration {
    /// The settings as libpq's keywords.
    var keywords: [(name: String, value: String)] {
        var list: [(String, String)] = []
        switch address {
        case .host(let host): list.append(("host", host))
        case .socketFolder(let folder): list.append(("host", folder))
        }
        list.append(("port", String(port)))
        list.append(("dbname", database))
        if let user { list.append(("user", user)) }
        if let password { list.append(("password", password)) }
        list.append(("sslmode", effectiveTLSMode.rawValue))
        if let certificate = effectiveRootCertificate { list.append(("sslrootcert", certificate)) }
        list.append(("application_name", applicationName))
        list.append(("client_encoding", "UTF8"))
        list.append(("options", sessionOptions))
        if !isLocal {
            // A firewall that forgets the connection must not hang a night for two hours.
            list.append(("keepalives_idle", "30"))
            list.append(("keepalives_interval", "10"))
            list.append(("keepalives_count", "3"))
            list.append(("tcp_user_timeout", "60000"))
        }
        return list
    }

    /// Output formats that decoding relies on, whatever the server's defaults are.
    private var sessionOptions: String {
        var options =
            "-c datestyle=ISO -c timezone=UTC -c intervalstyle=iso_8601 -c bytea_output=hex"
            + " -c extra_float_digits=1"
        if let statementTimeout {
            options += " -c statement_timeout=\(max(1, statementTimeout.milliseconds))"
        }
        return options
    }

    /// libpq 15 trusts no authority unless told; the system's bundle is what an administrator expects.
    private var effectiveRootCertificate: String? {
        if let rootCertificate { return rootCertificate }
        guard [.verifyCA, .verifyFull].contains(effectiveTLSMode) else { return nil }
        if getenv("PGSSLROOTCERT") != nil { return nil }
        if let home = getenv("HOME"),
            access(String(cString: home) + "/.postgresql/root.crt", R_OK) == 0
        {
            return nil
        }
        let bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]
        return bundles.first { access($0, R_OK) == 0 }
    }
}

extension Duration {
    /// The duration in whole milliseconds, rounded up.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return seconds.multipliedReportingOverflow(by: 1000).partialValue + part
    }
}
