internal import CCurl

/// What libcurl and the server said of a transfer that did not end well, and what it means.
struct TransferFailure: Sendable {
    /// Why the transfer was ended from our side.
    enum Reason: Sendable {
        case cancelled
        case tooLarge
        case local
    }

    let status: CURLcode
    /// The last code of the server; 0 when there was none.
    let code: Int
    /// libcurl's own words, which hold neither passwords nor the server's text.
    let detail: String
    var reason: Reason?

    /// Whether the server cannot go on within a file; it has to begin anew.
    var isRangeRefused: Bool {
        reason == nil
            && (status == CURLE_RANGE_ERROR || status == CURLE_BAD_DOWNLOAD_RESUME
                || code == 416)
    }

    /// Whether trying again may help.
    var isTransient: Bool {
        reason == nil && kind == .connection
    }

    var kind: RemoteError.Kind {
        switch reason {
        case .tooLarge: return .refused
        case .local: return .local
        case .cancelled: return .connection
        case nil: break
        }
        switch status {
        case CURLE_LOGIN_DENIED: return .authentication
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED, CURLE_SSL_CIPHER:
            return .untrusted
        case CURLE_REMOTE_ACCESS_DENIED, CURLE_REMOTE_FILE_NOT_FOUND,
            CURLE_FTP_COULDNT_RETR_FILE:
            // 4xx of FTP is "not now".
            return (400..<500).contains(code) ? .connection : .notFound
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_UNKNOWN_OPTION,
            CURLE_NOT_BUILT_IN, CURLE_BAD_FUNCTION_ARGUMENT:
            return .misconfigured
        case CURLE_FILESIZE_EXCEEDED: return .refused
        case CURLE_HTTP_RETURNED_ERROR:
            switch code {
            case 401, 403, 407: return .authentication
            case 408, 425, 429, 500...: return .connection
            default: return .notFound
            }
        default: return .connection
        }
    }

    /// The error for the caller.
    ///
    /// - Parameter what: What was asked for, without user and password.
    /// - Returns: What happened, to what, and what to do.
    func error(_ what: String) -> RemoteError {
        let answer = code >= 400 ? " (the server said \(code))" : ""
        switch (reason, kind) {
        case (.cancelled, _): return RemoteError(.connection, "\(what): fetching was cancelled")
        case (_, .authentication):
            return RemoteError(
                .authentication,
                "\(what): the server refused the user name, password or key\(answer); check them. "
                    + "It is not tried again, as that locks accounts.")
        case (_, .untrusted):
            return RemoteError(
                .untrusted,
                "\(what): no trusted connection: \(words). See that the server's certificate or "
                    + "host key is among those that are trusted.")
        case (_, .notFound):
            return RemoteError(
                .notFound,
                "\(what): there is no such file or folder, or it may not be read\(answer)")
        case (_, .refused):
            return RemoteError(.refused, "\(what): larger than the limit; it is not fetched")
        case (_, .local):
            return RemoteError(
                .local, "\(what): cannot be written here; see that there is room on the disk")
        case (_, .misconfigured):
            return RemoteError(.misconfigured, "\(what): \(words)")
        default:
            return RemoteError(
                .connection,
                "\(what): \(words)\(answer). What was fetched whole is kept; try again later.")
        }
    }

    private var words: String {
        detail.isEmpty ? String(cString: curl_easy_strerror(status)) : detail
    }
}
