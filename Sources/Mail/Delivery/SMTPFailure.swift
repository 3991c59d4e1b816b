internal import CCurl

/// What libcurl and the server said of a message that was not taken, and what it means.
struct SMTPFailure {
    let status: CURLcode
    /// The last code of the server; 0 when there was none.
    let code: Int
    /// libcurl's own words, which hold neither passwords nor the server's text.
    let detail: String
    /// Whether the whole message was handed over.
    let isUploaded: Bool
    let isCancelled: Bool

    /// The error for the caller.
    var error: MailError {
        if isCancelled {
            return MailError(
                .cancelled, mayHaveArrived: isUploaded, message: "sending was cancelled")
        }
        let refusal = code >= 400 ? code : nil
        switch status {
        case CURLE_LOGIN_DENIED:
            return MailError(
                .authentication, code: refusal,
                message: "the mail server refused the user name or password; check both")
        case CURLE_USE_SSL_FAILED:
            return MailError(
                .tls, code: refusal,
                message: "the mail server does not offer STARTTLS; ask for its TLS port or set "
                    + "the protection to none if it is on this machine")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_ENGINE_INITFAILED:
            return MailError(
                .tls, message: "no trusted connection to the mail server: \(words)")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_URL_MALFORMAT:
            return MailError(
                .connection, message: "the mail server cannot be reached: \(words)")
        default: break
        }
        if let refusal {
            return refusal < 500
                ? MailError(
                    .temporary, code: refusal, message: "the mail server cannot take it now")
                : MailError(.permanent, code: refusal, message: "the mail server refused it")
        }
        return MailError(
            .connection, mayHaveArrived: isUploaded,
            message: "the connection to the mail server broke: \(words)")
    }

    private var words: String {
        let text = detail.isEmpty ? String(cString: curl_easy_strerror(status)) : detail
        // Addresses are personal data, whoever wrote them there.
        return text.split(separator: " ").map { $0.contains("@") ? "<address>" : $0 }
            .joined(separator: " ")
    }
}
