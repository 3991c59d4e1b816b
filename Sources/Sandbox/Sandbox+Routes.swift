internal import Foundation

extension Sandbox {
    /// The machine's clock, in seconds since 1970.
    static let machineClock: @Sendable () -> Double = { Date().timeIntervalSince1970 }

    /// Answers a request on either port: the paths of the two systems do not overlap.
    func respond(_ request: SandboxRequest) -> SandboxReply {
        let path = request.path.split(separator: "/").map {
            FormDecoding.percentDecoded($0, plusIsSpace: false)
        }
        guard let first = path.first else { return Self.notFound }
        if first == "_sandbox" { return manage(request, path: Array(path.dropFirst())) }
        if first == "rest" {
            let subject = path.last ?? ""
            return injured(.bitrix24, subject: subject) {
                portal.respond(request, path: Array(path.dropFirst()))
            }
        }
        guard path.count >= 3, first == options.infobase.base,
            path[1] == "hs" || path[1] == "odata" && path[2] == "standard.odata"
        else { return Self.notFound }
        let rest = Array(path.dropFirst())
        let subject = rest.dropFirst(path[1] == "odata" ? 2 : 0)
        return injured(.onec, subject: subject.joined(separator: "/")) {
            infobase.respond(request, path: rest)
        }
    }

    private static let notFound = SandboxReply(
        status: 404, contentType: "text/html; charset=utf-8",
        body: Array("<html><head><title>404 Not Found</title></head></html>".utf8))

    // MARK: Faults

    private func injured(
        _ system: SandboxSystem, subject: String, _ answer: () -> SandboxReply
    ) -> SandboxReply {
        guard let fault = faults.transport(system: system, subject: subject) else {
            return answer()
        }
        let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
        switch fault {
        case .html502, .html200:
            return SandboxReply(
                status: fault == .html502 ? 502 : 200, contentType: "text/html; charset=utf-8",
                body: Array(page.utf8))
        case .truncatedJSON:
            var reply = answer()
            reply.body.removeLast(reply.body.count / 2)
            return reply
        case .reset, .dropped:
            var reply = answer()
            reply.injury = fault == .reset ? .cutOff : .dropped
            return reply
        case .maintenance: return PlatformAnswer.maintenance
        case .noSession: return PlatformAnswer.noSession
        case .diskFull: return PlatformAnswer.diskFull
        case .tooMany:
            return SandboxReply.json(
                PortalError.operatingLimit.body, status: PortalError.operatingLimit.status)
        case .versionMismatch: return PlatformAnswer.versionMismatch
        case .noLicence: return PlatformAnswer.noLicence(isJSON: true)
        case .handlerException: return HTTPService.exception
        case .trickle:
            var reply = answer()
            reply.injury = .trickled
            return reply
        case .repeatedPage, .emptyBatch, .rowCreated, .rowDeleted, .rowUpdated: return answer()
        }
    }

    // MARK: Management

    private func manage(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        switch (request.method, path) {
        case ("GET", ["truth"]):
            return SandboxReply(
                contentType: "application/jsonl; charset=utf-8", body: Array(world.truthFile.utf8))
        case ("DELETE", ["faults"]):
            clearFaults()
            return SandboxReply.json(Array("{}".utf8))
        case ("POST", ["faults"]):
            guard let body = JSONDecoding.parameters(request.body),
                let fault = body["fault"]?.text.flatMap(SandboxFault.init(rawValue:)),
                let system = body["system"]?.text.flatMap(SandboxSystem.init(rawValue:))
            else {
                return SandboxReply.json(Array("{\"error\":\"fault or system\"}".utf8), status: 400)
            }
            inject(
                FaultRule(
                    fault, on: system, subject: body["subject"]?.text ?? "",
                    skip: Int(body["skip"]?.integer ?? 0), times: Int(body["times"]?.integer ?? 1)))
            return SandboxReply.json(Array("{}".utf8))
        default: return Self.notFound
        }
    }
}
