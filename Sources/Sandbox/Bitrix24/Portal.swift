/// A Bitrix24 portal: takes a request apart, runs what it asks for, wraps the answer.
struct Portal: Sendable {
    let options: PortalOptions
    let world: @Sendable () -> World
    let now: @Sendable () -> Double
    let meters = PortalMeters()
    let faults: FaultSwitches

    /// Answers a request; `path` holds the decoded segments after `rest`.
    func respond(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        guard
            meters.admits(
                request.caller, rate: options.requestsPerSecond, depth: options.bucketDepth,
                now: now())
        else { return refuse(.tooManyRequests) }
        do throws(PortalError) {
            let method = try authorized(path)
            let parameters = self.parameters(of: request)
            let started = now()
            let answer: MethodAnswer
            if method == "batch" {
                let isEmptied = faults.takes(.emptyBatch, system: .bitrix24, subject: method)
                answer = isEmptied ? PortalBatch.empty : batch(parameters).answer()
            } else {
                answer = try run(method, parameters, isInBatch: false)
            }
            return SandboxReply.json(envelope(answer, method: method, started: started))
        } catch {
            return refuse(error)
        }
    }

    private func refuse(_ error: PortalError) -> SandboxReply {
        SandboxReply.json(error.body, status: error.status)
    }

    // MARK: Requests

    private func authorized(_ path: [String]) throws(PortalError) -> String {
        guard path.count >= 3 else {
            throw path.count == 1 ? .noAuthorization : .methodNotFound
        }
        guard path[0] == String(options.userID), path[1] == options.code else {
            throw .invalidCredentials
        }
        guard path.count == 3 else { throw .methodNotFound }
        let name = path[2].lowercased()
        return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
    }

    /// Query and body together; a JSON body that is not JSON is no parameters at all.
    private func parameters(of request: SandboxRequest) -> Parameter {
        var parameters = FormDecoding.parameters(request.query)
        guard request.method == "POST", !request.body.isEmpty else { return parameters }
        let type = request.contentType.lowercased()
        let body: Parameter
        if type.hasPrefix("application/json") {
            body = JSONDecoding.parameters(request.body) ?? .empty
        } else if type.hasPrefix("multipart/form-data") {
            body = MultipartDecoding.parameters(request.body, contentType: request.contentType)
        } else {
            body = FormDecoding.parameters(String(decoding: request.body, as: UTF8.self))
        }
        for (key, value) in body.entries { parameters.set([key], value) }
        return parameters
    }

    private func withoutFilter(_ parameters: Parameter) -> Parameter {
        .array(parameters.entries.filter { !["filter", "start"].contains($0.key.lowercased()) })
    }

    // MARK: Methods

    /// Runs a method and charges it for its time.
    func run(
        _ name: String, _ parameters: Parameter, isInBatch: Bool
    ) throws(PortalError) -> MethodAnswer {
        guard let method = PortalMethods.all[name] else { throw .methodNotFound }
        guard method.scope.isEmpty || options.scopes.contains(method.scope) else {
            var error = PortalError.insufficientScope
            if isInBatch { error.description = "" }
            throw error
        }
        let started = now()
        if let limit = options.operatingLimit,
            meters.operating(name, now: started).seconds >= limit
        {
            throw .operatingLimit
        }
        let isRepeated = faults.takes(.repeatedPage, system: .bitrix24, subject: name)
        let answer = try method.run(
            PortalMethods.Call(
                parameters: isRepeated ? withoutFilter(parameters) : parameters, world: world(),
                now: started, options: options))
        meters.charge(name, seconds: options.operatingCost ?? (now() - started), now: started)
        return answer
    }

    private func batch(_ parameters: Parameter) -> PortalBatch {
        var batch = PortalBatch()
        batch.run(parameters, on: self)
        return batch
    }

    // MARK: Answers

    private func envelope(_ answer: MethodAnswer, method: String, started: Double) -> [UInt8] {
        var writer = ByteWriter(capacity: answer.result.count + 400)
        writer.raw("{\"result\":")
        writer.raw(answer.result)
        if let next = answer.next { writer.raw(",\"next\":\(next)") }
        if let total = answer.total { writer.raw(",\"total\":\(total)") }
        writer.raw(",\"time\":")
        writer.raw(time(method, started: started))
        writer.byte(UInt8(ascii: "}"))
        return writer.bytes
    }

    /// The `time` object of an answer.
    func time(_ method: String, started: Double) -> String {
        let finished = now()
        let duration = max(0, finished - started)
        var text = """
            {"start":\(Int(started)),"finish":\(finished),"duration":\(duration),"processing":0,\
            "date_start":"\(Moment.portal(Int64(started)))",\
            "date_finish":"\(Moment.portal(Int64(finished)))"
            """
        let operating = meters.operating(method, now: finished)
        if options.timeDetail == .operatingAndReset {
            text += ",\"operating_reset_at\":\(operating.resetAt)"
        }
        if options.timeDetail != .plain {
            text += ",\"operating\":\(operating.seconds == 0 ? "0" : "\(operating.seconds)")"
        }
        return text + "}"
    }
}
