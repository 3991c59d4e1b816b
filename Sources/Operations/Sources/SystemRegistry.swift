internal import Bitrix24
internal import Collection
internal import Foundation
internal import OneC

/// What everything in this process that reads the same system shares, whichever job it belongs to: a
/// system counts together what comes from one address, and knows nothing of jobs.
///
/// A portal has one limiter, and one ledger of operating time for each credentials. An infobase gets
/// no more requests at a time than its sources allow, and credentials that it has refused are not
/// sent again: see ``InfobaseAccess``. `sverka serve` has one registry for as long as it lives; jobs that
/// timers start are processes of their own, and share the requests to an infobase by locks in the data folder.
public final class SystemRegistry: Sendable {
    private let refusals: URL?
    private let locks: URL?
    private let tell: @Sendable (String) -> Void
    private let limiters = MadeOnce<String, RateLimiter?>()
    private let operating = MadeOnce<String, OperatingTime>()
    private let infobases = MadeOnce<InfobaseAddress, InfobaseAccess>()
    /// The first access to each publication, behind whose gate all others stand.
    private let publications = MadeOnce<String, InfobaseAccess>()

    /// A registry that keeps nothing beyond its own life.
    init() {
        (refusals, locks) = (nil, nil)
        tell = { _ in }
    }

    /// A registry that keeps in the data folder which credentials were refused, and who reads an infobase.
    ///
    /// - Parameters:
    ///   - configuration: Where the data folder is.
    ///   - tell: Told when it is waited long for another process.
    public init(
        _ configuration: Configuration, tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        refusals = configuration.dataFolder.appending(path: "refused")
        locks = configuration.dataFolder.appending(path: "reading")
        self.tell = tell
    }

    /// The limiter of a portal; where several sources name it, the first of them says how fast it is.
    ///
    /// - Parameters:
    ///   - portal: The portal's address.
    ///   - make: Makes the limiter; `nil` for a portal without a limit.
    /// - Returns: The limiter that was made for the portal first.
    func limiter(of portal: String, make: () -> RateLimiter?) -> RateLimiter? {
        limiters.value(of: portal, make: make)
    }

    /// What a portal has worked for the credentials of a source.
    ///
    /// - Parameters:
    ///   - settings: The source.
    ///   - limit: Seconds that a method may work; `nil` where there is no limit.
    /// - Returns: The ledger; a webhook's address holds its secret, so that it tells them apart.
    func operatingTime(of settings: Configuration.Source, limit: Double?) -> OperatingTime {
        let application = settings.application?.clientID ?? ""
        return operating.value(of: "\(settings.address)\n\(application)") {
            OperatingTime(limit: limit)
        }
    }

    /// The access to an infobase with some credentials.
    ///
    /// - Parameters:
    ///   - address: The infobase and the credentials.
    ///   - requestsAtOnce: How many requests the source sends at a time. Where several sources read one
    ///     infobase, the largest number is what it gets from all of them together.
    /// - Returns: The access, shared with all that read the infobase with these credentials.
    func access(to address: InfobaseAddress, requestsAtOnce: Int = 1) -> InfobaseAccess {
        let access = infobases.value(of: address) {
            let first = publications.value(of: address.publication) {
                InfobaseAccess(to: address, refusalsIn: refusals, locksIn: locks, tell: tell)
            }
            return InfobaseAccess(
                to: address, refusalsIn: refusals, beside: first, locksIn: locks, tell: tell)
        }
        access.allow(requestsAtOnce: requestsAtOnce)
        return access
    }

    /// Asks every infobase once more, also with credentials that it has refused: a person has asked
    /// for it.
    func forgetRefusals() {
        for access in infobases.values { access.forgetRefusal() }
    }

    /// Takes new settings into account.
    ///
    /// Refused credentials are tried again. An infobase gets one request at a time until a source is made
    /// that sends more; a job that runs goes on with fewer for so long.
    ///
    /// - Parameter limitsChanged: Whether limits of portals are others from now on. A job that runs
    ///   goes on with the limiter that it has, so that until it ends a portal gets the requests of
    ///   two.
    func renew(limitsChanged: Bool) {
        if limitsChanged {
            limiters.forget()
            operating.forget()
        }
        for access in infobases.values { access.allowOneRequest() }
        forgetRefusals()
    }
}
