internal import CCurl
internal import Foundation

/// One libcurl handle, which keeps its connection between messages.
///
/// Used from one thread.
final class SMTPSession {
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let server: SMTPServer
    /// Says that the transfer under way is no longer wanted.
    var isCancelled = CancellationFlag()
    private var handle: UnsafeMutableRawPointer?

    init(_ server: SMTPServer) {
        self.server = server
        handle = Self.isLibraryReady ? curl_easy_init() : nil
    }

    deinit { curl_easy_cleanup(handle) }

    /// Drops the connection; the next message opens another.
    func reconnect() {
        curl_easy_cleanup(handle)
        handle = curl_easy_init()
    }

    /// Sends a message to one recipient.
    ///
    /// - Returns: Whether the server took it, and its last words.
    func send(
        _ message: Data, from sender: MailAddress, to recipient: MailAddress
    ) -> DeliveryResult {
        let upload = Upload(message, isCancelled: isCancelled)
        let recipients = curl_slist_append(nil, "<\(recipient.address)>")
        defer { curl_slist_free_all(recipients) }
        let (error, reply) = withExtendedLifetime(upload) {
            perform(isUploaded: { upload.isFinished }) { options in
                options.set(CURLOPT_MAIL_FROM, text: "<\(sender.address)>")
                options.set(CURLOPT_MAIL_RCPT, list: recipients)
                options.set(upload: upload)
                // A slow line with a large workbook is not a server that hangs.
                options.set(
                    CURLOPT_TIMEOUT,
                    number: server.messageTimeout + message.count / Self.slowestByteRate)
            }
        }
        return DeliveryResult(recipient: recipient, error: error, reply: reply)
    }

    /// Bytes per second that every line brings.
    private static let slowestByteRate = 50_000

    /// Connects, protects the connection and signs in, as for a message, but sends none.
    func verify() -> MailError? {
        perform(isUploaded: { false }) { options in
            options.set(CURLOPT_CUSTOMREQUEST, text: "NOOP")
            options.set(CURLOPT_NOBODY, number: 1)
        }.error
    }

    private func perform(
        isUploaded: () -> Bool, _ request: (inout CurlOptions) -> Void
    ) -> (error: MailError?, reply: String) {
        guard let handle else {
            return (MailError(.connection, message: "libcurl could not be started"), "")
        }
        curl_easy_reset(handle)  // Options only; the connection stays.
        let reply = ServerReply()
        var errorText = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let status = errorText.withUnsafeMutableBufferPointer { buffer in
            var options = CurlOptions(handle: handle)
            setConnection(&options)
            options.set(CURLOPT_ERRORBUFFER, pointer: buffer.baseAddress)
            options.set(reply: reply)
            request(&options)
            let status = withExtendedLifetime(reply) {
                options.status == CURLE_OK ? curl_easy_perform(handle) : options.status
            }
            // It must not outlive the buffer.
            options.set(CURLOPT_ERRORBUFFER, pointer: nil)
            return status
        }
        guard status != CURLE_OK else { return (nil, reply.kept) }
        var code = 0
        sverka_get_long(handle, CURLINFO_RESPONSE_CODE, &code)
        let detail = String(
            decoding: errorText.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var error = SMTPFailure(
            status: status, code: code, detail: detail, isUploaded: isUploaded(),
            isCancelled: isCancelled.isSet
        ).error
        if error.code != nil { error.reply = reply.kept }
        return (error, reply.kept)
    }

    private func setConnection(_ options: inout CurlOptions) {
        let scheme = server.security == .implicitTLS ? "smtps" : "smtp"
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        let client = (server.clientName ?? "").filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0))
        }
        options.set(CURLOPT_URL, text: "\(scheme)://\(host):\(server.port)/\(client)")
        options.set(CURLOPT_PROTOCOLS_STR, text: "smtp,smtps")
        // A proxy of the environment is for the web; mail goes to the server that was named.
        options.set(CURLOPT_PROXY, text: "")
        options.set(CURLOPT_NOSIGNAL, number: 1)
        options.set(
            CURLOPT_USE_SSL, number: server.security == .none ? 0 : Int(CURLUSESSL_ALL.rawValue))
        options.set(CURLOPT_SSLVERSION, number: Int(CURL_SSLVERSION_TLSv1_2))
        if let file = server.certificateFile { options.set(CURLOPT_CAINFO, text: file.path) }
        if let credentials = server.credentials {
            options.set(CURLOPT_USERNAME, text: credentials.user)
            var mechanism = server.authentication?.mechanism
            switch credentials.secret {
            case .password(let password): options.set(CURLOPT_PASSWORD, text: password)
            case .accessToken(let token):
                options.set(CURLOPT_XOAUTH2_BEARER, text: token)
                mechanism = "XOAUTH2"
            }
            if let mechanism { options.set(CURLOPT_LOGIN_OPTIONS, text: "AUTH=\(mechanism)") }
        }
        options.set(CURLOPT_CONNECTTIMEOUT, number: server.connectTimeout)
        options.set(CURLOPT_TIMEOUT, number: server.messageTimeout)
    }
}

/// Options of a handle; remembers the first that was refused.
struct CurlOptions {
    let handle: UnsafeMutableRawPointer
    private(set) var status = CURLE_OK

    init(handle: UnsafeMutableRawPointer) { self.handle = handle }

    mutating func set(_ option: CURLoption, text: String) {
        note(sverka_set_text(handle, option, text))
    }

    mutating func set(_ option: CURLoption, number: Int) {
        note(sverka_set_long(handle, option, number))
    }

    mutating func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) {
        note(sverka_set_list(handle, option, list))
    }

    mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        note(sverka_set_pointer(handle, option, pointer))
    }

    /// Lets libcurl take the message from an upload, which must outlive the transfer.
    mutating func set(upload: Upload) {
        let context = Unmanaged.passUnretained(upload).toOpaque()
        set(CURLOPT_UPLOAD, number: 1)
        note(sverka_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(upload.byteCount)))
        set(CURLOPT_READDATA, pointer: context)
        note(
            sverka_set_transfer(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
                guard let bytes, let context else { return Int(CURL_READFUNC_ABORT) }
                let upload = Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue()
                return upload.read(
                    into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
            })
        // Whatever a server says beyond its answers is not for our standard output.
        note(
            sverka_set_transfer(handle, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
        )
        set(CURLOPT_NOPROGRESS, number: 0)
        set(CURLOPT_XFERINFODATA, pointer: context)
        note(
            sverka_set_progress(handle) { context, _, _, _, _ in
                guard let context else { return 1 }
                let upload = Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue()
                return upload.isCancelled.isSet ? 1 : 0
            })
    }

    /// Lets libcurl hand over what the server says, to a reply that must outlive the transfer.
    mutating func set(reply: ServerReply) {
        set(CURLOPT_HEADERDATA, pointer: Unmanaged.passUnretained(reply).toOpaque())
        note(
            sverka_set_transfer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                Unmanaged<ServerReply>.fromOpaque(context).takeUnretainedValue()
                    .add(UnsafeRawBufferPointer(start: bytes, count: size * count))
                return size * count
            })
    }

    private mutating func note(_ result: CURLcode) {
        if status == CURLE_OK { status = result }
    }
}

/// A message on its way to the server.
final class Upload {
    let isCancelled: CancellationFlag
    private let message: Data
    private var sent = 0

    init(_ message: Data, isCancelled: CancellationFlag) {
        self.message = message
        self.isCancelled = isCancelled
    }

    var byteCount: Int { message.count }

    /// Whether libcurl took the last byte.
    var isFinished: Bool { sent == message.count }

    /// Hands over the next bytes.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, message.count - sent)
        let start = message.startIndex + sent
        message.copyBytes(
            to: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]),
            from: start..<(start + count))
        sent += count
        return count
    }
}
