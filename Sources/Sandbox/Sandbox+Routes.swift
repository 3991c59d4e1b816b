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
        let rest = Array(path.dropFirst())
        switch first {
        case "_sandbox", "__sandbox": return control(request, path: rest)
        case "rest":
            let subject = path.last ?? ""
            return counted(
                injured(request, .bitrix24, subject: subject) {
                    portal.respond(request, path: rest)
                }
            ) {
                $0.requests += 1
                if subject.lowercased().hasPrefix("batch") { $0.batches += 1 }
            }
        case "oauth":
            return counted(portal.authorize(request, path: rest)) { $0.tokenRequests += 1 }
        default: return respondInfobase(request, path: path)
        }
    }

    private func respondInfobase(_ request: SandboxRequest, path: [String]) -> SandboxReply {
        guard path.count >= 3, path[0] == options.infobase.base,
            path[1] == "hs" || path[1] == "odata" && path[2] == "standard.odata"
        else { return Self.notFound }
        let rest = Array(path.dropFirst())
        let subject = rest.dropFirst(rest[0] == "odata" ? 2 : 0).joined(separator: "/")
        return counted(
            injured(request, .onec, subject: subject) { infobase.respond(request, path: rest) }
        ) { $0.infobaseRequests += 1 }
    }

    private func counted(
        _ reply: SandboxReply, _ count: (inout SandboxCounters) -> Void
    ) -> SandboxReply {
        counterBox.count { counters in
            count(&counters)
            counters.statuses[reply.status, default: 0] += 1
            counters.bytes += reply.body.count
        }
        return reply
    }

    private static let notFound = SandboxReply(
        status: 404, contentType: "text/html; charset=utf-8",
        body: Array("<html><head><title>404 Not Found</title></head></html>".utf8))

    // MARK: Faults

    private func injured(
        _ request: SandboxRequest, _ system: SandboxSystem, subject: String,
        _ answer: () -> SandboxReply
    ) -> SandboxReply {
        // Whoever asks at the portal's new address is not sent there again.
        let isAtNewHost =
            request.origin.dropFirst("http://".count).prefix { $0 != ":" }
            == portal.settings.now.newHost
        guard
            let met = faults.transport(
                system: system, subject: subject, passes: isAtNewHost ? [.redirected] : [])
        else { return answer() }
        switch met.fault {
        case .html502: return SandboxReply.html("502 Bad Gateway", status: 502)
        case .html504: return SandboxReply.html("504 Gateway Time-out", status: 504)
        case .html200: return SandboxReply.html("Авторизация", status: 200)
        case .truncatedJSON:
            var reply = answer()
            reply.body.removeLast(reply.body.count / 2)
            return reply
        case .reset, .dropped:
            var reply = answer()
            reply.injury = met.fault == .reset ? .cutOff : .dropped
            return reply
        case .slow:
            var reply = answer()
            reply.delay = met.seconds
            return reply
        case .redirected: return moved(request)
        case .maintenance: return PlatformAnswer.maintenance
        case .noSession: return PlatformAnswer.noSession
        case .diskFull: return PlatformAnswer.diskFull
        case .versionMismatch: return PlatformAnswer.versionMismatch
        case .noLicence: return PlatformAnswer.noLicence(isJSON: true)
        case .handlerException: return HTTPService.exception
        case .trickle:
            var reply = answer()
            reply.injury = .trickled
            return reply
        default:
            guard let error = Self.refusals[met.fault] else { return answer() }
            return error.reply(portal.settings.now.statuses)
        }
    }

    private static let refusals: [SandboxFault: PortalError] = [
        .internalError: .internalError, .queryLimit: .tooManyRequests, .tooMany: .operatingLimit,
        .overloaded: .overloaded, .expiredToken: .expiredToken, .errorEmpty: .accessDenied,
        .errorZero: .requisiteAccessDenied, .errorNumber: .catalogAccessDenied,
        .errorSentence: .statusParameters,
    ]

    /// Sends a caller to the portal's new host, where it is found at the same port.
    private func moved(_ request: SandboxRequest) -> SandboxReply {
        let port = request.origin.split(separator: ":").last ?? ""
        var reply = SandboxReply.html("302 Found", status: 302)
        let query = request.query.isEmpty ? "" : "?" + request.query
        reply.headers = [
            ("Location", "http://\(portal.settings.now.newHost):\(port)\(request.path)\(query)")
        ]
        return reply
    }
}
