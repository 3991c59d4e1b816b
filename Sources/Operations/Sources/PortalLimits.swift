internal import Foundation

/// How much each portal of a configuration may be asked, to see whether a new one says otherwise.
struct PortalLimits: Hashable {
    private struct Limit: Hashable {
        var requestsPerSecond: Double?
        var plan: Configuration.Source.Plan
    }

    /// By the portal's host and port: a new webhook of the same portal changes no limit.
    private var limits: [String: Limit] = [:]

    /// The limits of a configuration.
    init(_ configuration: Configuration) {
        self.init(of: configuration.sourcesByRole.map { $0.source })
    }

    /// The limits of sources; of several that name one portal, the first says how fast it is.
    init(of sources: [Configuration.Source]) {
        for source in sources where source.kind == .bitrix24 {
            let url = URL(string: source.address)
            let portal = "\(url?.host() ?? source.address):\(url?.port ?? 0)"
            guard limits[portal] == nil else { continue }
            limits[portal] = Limit(
                requestsPerSecond: source.requestsPerSecond, plan: source.plan)
        }
    }
}
