internal import CCurl
internal import Dispatch
internal import Foundation
internal import Synchronization

/// One thing that is asked of a server.
struct TransferRequest: Sendable {
    enum Target: Sendable {
        /// The bytes are kept, up to a limit.
        case memory(limit: Int)
        /// Only size and time are wanted.
        case nothing
        /// Only the time is wanted; the first byte comes with it.
        case firstByte
        /// The bytes are added to a file that has so many.
        case file(URL, offset: Int, limit: Int)
    }

    let url: String
    let target: Target
    /// Of a folder only the names are wanted.
    var namesOnly = false
}

/// What came of it.
struct TransferOutcome: Sendable {
    var body: [UInt8] = []
    /// Bytes received.
    var byteCount = 0
    var contentLength: Int?
    var modified: Int?
    /// Why it did not end well.
    var failure: TransferFailure?
}

/// One libcurl handle, which keeps its connection from one transfer to the next.
///
/// The handle is used on the queue only, which is what makes it safe to share.
final class TransferSession: @unchecked Sendable {
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let address: RemoteAddress
    private let credentials: RemoteCredentials?
    private let settings: RemoteSettings
    private let queue = DispatchQueue(label: "sverka.remote-files")
    private let handle: UnsafeMutableRawPointer?

    init(_ address: RemoteAddress, _ credentials: RemoteCredentials?, _ settings: RemoteSettings) {
        self.address = address
        self.credentials = credentials
        self.settings = settings
        handle = Self.isLibraryReady ? curl_easy_init() : nil
    }

    deinit { curl_easy_cleanup(handle) }

    /// Whether libcurl was built with what the address needs.
    static func isAvailable(_ scheme: RemoteAddress.Scheme) -> Bool {
        sverka_has_protocol(scheme == .ftpes ? "ftp" : scheme.rawValue) != 0
    }

    /// Transfers; libcurl blocks, and the shared pool of threads must not.
    func perform(_ request: TransferRequest) async -> TransferOutcome {
        let isCancelled = Flag()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async {
                    continuation.resume(returning: self.transfer(request, isCancelled))
                }
            }
        } onCancel: {
            isCancelled.set()
        }
    }

    private func transfer(_ request: TransferRequest, _ isCancelled: Flag) -> TransferOutcome {
        guard let handle else {
            return TransferOutcome(
                failure: TransferFailure(status: CURLE_FAILED_INIT, code: 0, detail: ""))
        }
        let sink: Sink
        do {
            sink = try Sink(request.target, isCancelled: isCancelled)
        } catch {
            return TransferOutcome(
                failure: TransferFailure(
                    status: CURLE_WRITE_ERROR, code: 0, detail: "", reason: .local))
        }
        curl_easy_reset(handle)  // Options only; the connection stays.
        var errorText = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let status = errorText.withUnsafeMutableBufferPointer { buffer in
            var options = TransferOptions(handle: handle)
            options.set(CURLOPT_ERRORBUFFER, pointer: buffer.baseAddress)
            setConnection(&options)
            setRequest(request, &options)
            options.set(sink: sink)
            let status =
                options.status == CURLE_OK ? curl_easy_perform(handle) : options.status
            // It must not outlive the buffer.
            options.set(CURLOPT_ERRORBUFFER, pointer: nil)
            return status
        }
        var outcome = TransferOutcome(body: sink.body, byteCount: sink.byteCount)
        outcome.contentLength = number(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
        outcome.modified = number(CURLINFO_FILETIME_T)
        var reason = sink.close()
        if isCancelled.isSet { reason = .cancelled }
        guard status != CURLE_OK || reason != nil else { return outcome }
        var code = 0
        sverka_get_long(handle, CURLINFO_RESPONSE_CODE, &code)
        let detail = String(
            decoding: errorText.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        outcome.failure = TransferFailure(
            status: status, code: code, detail: detail, reason: reason)
        return outcome
    }

    private func number(_ info: CURLINFO) -> Int? {
        var value: curl_off_t = -1
        guard sverka_get_size(handle, info, &value) == CURLE_OK, value >= 0 else { return nil }
        return Int(value)
    }

    private func setRequest(_ request: TransferRequest, _ options: inout TransferOptions) {
        options.set(CURLOPT_URL, text: request.url)
        options.set(CURLOPT_FILETIME, number: 1)
        if request.namesOnly { options.set(CURLOPT_DIRLISTONLY, number: 1) }
        switch request.target {
        case .memory: break
        case .nothing: options.set(CURLOPT_NOBODY, number: 1)
        case .firstByte: options.set(CURLOPT_RANGE, text: "0-0")
        case .file(_, let offset, let limit):
            options.set(CURLOPT_RESUME_FROM_LARGE, size: offset)
            options.set(CURLOPT_MAXFILESIZE_LARGE, size: limit)
        }
    }

    private func setConnection(_ options: inout TransferOptions) {
        let scheme = address.scheme
        let known = scheme == .ftpes ? "ftp" : scheme.rawValue
        options.set(CURLOPT_PROTOCOLS_STR, text: known)
        options.set(CURLOPT_PROXY, text: settings.proxy ?? "")
        options.set(CURLOPT_NOSIGNAL, number: 1)
        options.set(CURLOPT_CONNECTTIMEOUT, number: settings.connectTimeout)
        options.set(CURLOPT_TIMEOUT, number: settings.fileTimeout)
        options.set(CURLOPT_LOW_SPEED_LIMIT, number: 1)
        options.set(CURLOPT_LOW_SPEED_TIME, number: settings.stallTimeout)
        options.set(CURLOPT_SSLVERSION, number: Int(CURL_SSLVERSION_TLSv1_2))
        if let file = settings.certificateFile { options.set(CURLOPT_CAINFO, text: file.path) }
        if !settings.verifiesCertificate {
            options.set(CURLOPT_SSL_VERIFYPEER, number: 0)
            options.set(CURLOPT_SSL_VERIFYHOST, number: 0)
        }
        if let credentials {
            options.set(CURLOPT_USERNAME, text: credentials.user)
            if let password = credentials.password {
                options.set(CURLOPT_PASSWORD, text: password)
            }
        }
        switch scheme {
        case .ftp: break
        case .ftpes, .ftps: options.set(CURLOPT_USE_SSL, number: Int(CURLUSESSL_ALL.rawValue))
        case .sftp: setHostKey(&options)
        case .http, .https:
            options.set(CURLOPT_FAILONERROR, number: 1)
            options.set(CURLOPT_FOLLOWLOCATION, number: 1)
            options.set(CURLOPT_MAXREDIRS, number: 3)
            // Never from protected to open.
            options.set(
                CURLOPT_REDIR_PROTOCOLS_STR, text: scheme == .https ? "https" : "http,https")
        }
    }

    private func setHostKey(_ options: inout TransferOptions) {
        if let key = settings.hostKey {
            options.set(CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, text: key)
        } else {
            options.set(CURLOPT_SSH_KNOWNHOSTS, text: settings.knownHostsFile.path)
        }
        if let key = credentials?.privateKey {
            options.set(CURLOPT_SSH_AUTH_TYPES, number: Int(CURLSSH_AUTH_PUBLICKEY))
            options.set(CURLOPT_SSH_PRIVATE_KEYFILE, text: key.path)
            if let passphrase = credentials?.passphrase {
                options.set(CURLOPT_KEYPASSWD, text: passphrase)
            }
        } else {
            options.set(
                CURLOPT_SSH_AUTH_TYPES,
                number: Int(CURLSSH_AUTH_PASSWORD) | Int(CURLSSH_AUTH_KEYBOARD))
        }
    }
}

extension RemoteSettings {
    /// The file of host keys that are trusted.
    var knownHostsFile: URL {
        knownHosts
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".ssh/known_hosts")
    }
}

/// Options of a handle; remembers the first that was refused.
private struct TransferOptions {
    let handle: UnsafeMutableRawPointer
    private(set) var status = CURLE_OK

    init(handle: UnsafeMutableRawPointer) { self.handle = handle }

    mutating func set(_ option: CURLoption, text: String) {
        note(sverka_set_text(handle, option, text))
    }

    mutating func set(_ option: CURLoption, number: Int) {
        note(sverka_set_long(handle, option, number))
    }

    mutating func set(_ option: CURLoption, size: Int) {
        note(sverka_set_size(handle, option, curl_off_t(size)))
    }

    mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        note(sverka_set_pointer(handle, option, pointer))
    }

    /// Lets libcurl give what comes to a sink, which must outlive the transfer.
    mutating func set(sink: Sink) {
        let context = Unmanaged.passUnretained(sink).toOpaque()
        set(CURLOPT_WRITEDATA, pointer: context)
        note(
            sverka_set_transfer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
                return sink.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
            })
        set(CURLOPT_NOPROGRESS, number: 0)
        set(CURLOPT_XFERINFODATA, pointer: context)
        note(
            sverka_set_progress(handle) { context, _, _, _, _ in
                guard let context else { return 1 }
                let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
                return sink.isCancelled.isSet ? 1 : 0
            })
    }

    private mutating func note(_ result: CURLcode) {
        if status == CURLE_OK { status = result }
    }
}

/// Where the bytes of a transfer go.
private final class Sink {
    let isCancelled: Flag
    private(set) var body: [UInt8] = []
    private(set) var byteCount = 0
    private let file: FileHandle?
    private let limit: Int
    private var reason: TransferFailure.Reason?

    init(_ target: TransferRequest.Target, isCancelled: Flag) throws {
        self.isCancelled = isCancelled
        switch target {
        case .memory(let limit): (file, self.limit) = (nil, limit)
        case .nothing, .firstByte: (file, limit) = (nil, 64 << 10)
        case .file(let url, let offset, let limit):
            if !FileManager.default.fileExists(atPath: url.path) {
                guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
                    throw CocoaError(.fileWriteUnknown)
                }
            }
            let file = try FileHandle(forWritingTo: url)
            try file.truncate(atOffset: UInt64(offset))
            (self.file, self.limit) = (file, limit - offset)
        }
    }

    /// Takes bytes.
    ///
    /// - Returns: Their number; another ends the transfer.
    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard byteCount + bytes.count <= limit else {
            reason = .tooLarge
            return 0
        }
        if let file {
            do {
                try file.write(contentsOf: bytes)
            } catch {
                reason = .local
                return 0
            }
        } else {
            body.append(contentsOf: bytes)
        }
        byteCount += bytes.count
        return bytes.count
    }

    /// Brings what was written to the disk.
    ///
    /// - Returns: Why the transfer was ended from here; `nil` when it was not.
    func close() -> TransferFailure.Reason? {
        guard let file else { return reason }
        do {
            try file.synchronize()
            try file.close()
        } catch {
            reason = reason ?? .local
        }
        return reason
    }
}

/// Says to a blocking call that its task was cancelled.
private final class Flag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
