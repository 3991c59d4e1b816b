internal import Collection

extension InfobaseClient {
    typealias Query = [(name: String, value: String)]

    /// Sends what may be refused because the infobase cannot do it.
    func send<Value: Sendable>(
        _ subject: String, path: [String], query: @Sendable (_ failures: Int) -> Query,
        isOptional: Bool, judge: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Value? {
        do {
            return try await send(subject, path: path, query: query, judge: judge)
        } catch let error as CollectionError where isOptional && error.kind == .misconfigured {
            return nil
        }
    }

    func send<Value: Sendable>(
        _ subject: String, path: [String], query: @Sendable (_ failures: Int) -> Query,
        judge: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Value {
        let address = address
        return try await send(
            subject, query: query, request: { address.request(path, query: $0) }, judge: judge)
    }

    /// Sends a request, and again for as long as the infobase is closed and patience lasts.
    func send<Value: Sendable>(
        _ subject: String, query: @Sendable (_ failures: Int) -> Query,
        request: @Sendable (Query) -> HTTPRequest,
        judge: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Value {
        let start = settings.clock.elapsed
        var pauses = 0
        while true {
            do {
                return try await attempt(subject, query: query, request: request, judge: judge)
            } catch let closed as InfobaseClosed {
                pauses += 1
                let pause = min(closed.pause * (1 << min(pauses - 1, 10)), .seconds(300))
                guard settings.clock.elapsed - start + pause <= settings.patience else {
                    let tries = pauses > 1 ? " Tried \(pauses) times." : ""
                    throw CollectionError(closed.error.kind, closed.error.message + tries)
                }
                waits += 1
                try await pipeline.wait(for: pause)
                // A session that could not be had once may be what is missing: go on without.
                if freeSessions.isEmpty, pauses == 3 { isSessionLost = true }
            } catch is SessionLost {
                // An infobase that loses sessions is read without: each that is lost is one fewer.
                isSessionLost = true
            }
        }
    }

    private func attempt<Value: Sendable>(
        _ subject: String, query: @Sendable (_ failures: Int) -> Query,
        request: @Sendable (Query) -> HTTPRequest,
        judge: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Value {
        let (label, readsAtom) = (address.label, readsAtom)
        // Taken while it is in use: another request at the same time gets a session of its own.
        var session = freeSessions.popLast()
        defer { if let session { freeSessions.append(session) } }
        let (headers, hadSession) = (sessionHeaders(session), session != nil)
        do {
            let (value, cookie) = try await pipeline.send(
                "\(subject) of \(label)",
                request: {
                    var request = request(query($0))
                    request.headers += headers
                    return request
                }
            ) { response in
                guard (200...299).contains(response.status) else {
                    let fault = InfobaseFault(status: response.status, body: response.body)
                    if hadSession, response.status == 400 || response.status == 404,
                        fault.code == nil
                    {
                        throw SessionLost()
                    }
                    if fault.isFormatRefused, !readsAtom { throw JSONRefused() }
                    let refusal = fault.answer(to: subject, at: label)
                    if fault.isClosed {
                        throw InfobaseClosed(error: refusal.error, pause: refusal.pause)
                    }
                    throw refusal
                }
                return (try judge(response), Self.sessionCookie(response))
            }
            if settings.usesSession, let cookie { session = cookie }
            return value
        } catch let lost as SessionLost {
            // It is no longer there to be used or given back.
            session = nil
            throw lost
        }
    }

    private struct SessionLost: Error {}

    private struct InfobaseClosed: Error {
        let error: CollectionError
        let pause: Duration
    }

    /// What a request says of its session, or that it wants one.
    func sessionHeaders(_ session: String?) -> [(name: String, value: String)] {
        guard settings.usesSession else { return [] }
        if let session { return [("Cookie", session)] }
        return isSessionLost ? [] : [("IBSession", "start")]
    }

    private static func sessionCookie(_ response: HTTPResponse) -> String? {
        response.headers("Set-Cookie").first { $0.lowercased().hasPrefix("ibsession=") }
            .map { String($0.prefix { $0 != ";" }) }
    }
}
