/// How the portal behaves: what is certain about no portal can be had either way.
public struct PortalOptions: Hashable, Sendable {
    // MARK: Whose webhook it is

    /// The employee whose webhook it is, and on whose behalf the application acts.
    public var userID = 1
    /// The webhook's secret.
    public var code = "sandbox0webhook1"
    /// What the webhook and the application may touch.
    public var scopes = ["crm", "catalog", "user", "department", "sale"]
    /// Whether the employee is an administrator, whom alone some lists are shown.
    public var isAdministrator = true
    /// Whether the employee was dismissed.
    public var isDismissed = false
    /// Whether the employee may read the CRM at all.
    public var mayReadCRM = true
    /// The share of companies, contacts, deals and invoices that the employee may read.
    public var visibleShare = 1.0

    // MARK: Limits

    /// Requests that leak out of a caller's bucket in a second; `nil` for no limit.
    public var requestsPerSecond: Double? = 2
    /// Requests that a caller's bucket holds before further ones are refused.
    public var bucketDepth = 50.0
    /// Seconds a method may work within ten minutes before it is blocked; `nil` for no limit.
    public var operatingLimit: Double? = 480
    /// Seconds that a method stays blocked once it was refused; `nil` until enough of its ten minutes is
    /// forgotten.
    public var operatingBlock: Double?
    /// Seconds charged for a call; `nil` for the time that it took.
    public var operatingCost: Double?
    /// Who pays for the commands of a batch.
    public var batchCharge = BatchCharge.commands
    /// Which of the limiter's figures come with an answer.
    public var timeDetail = TimeDetail.operatingAndReset
    /// Whether `time.start` has a fraction and `time.processing` is more than 0, as in older builds.
    public var hasFractionalStart = false

    // MARK: The build

    /// Beginnings of the names of methods that the portal does not have, as an old box lacks
    /// `catalog.` and `crm.item.`.
    public var missingMethods: [String] = []
    /// The statuses of refusals on which documentation and portals disagree.
    public var statuses = Statuses.live
    /// How `crm.address.list` counts and pages.
    public var addressPaging = AddressPaging.page
    /// What the older lists do with a `start` that is no multiple of 50.
    public var startRounding = StartRounding.page
    /// What the older lists give for a `start` beyond the end.
    public var beyondEnd = BeyondEnd.nothing
    /// Where four lists of the catalogue have their rows.
    public var catalogWrapper = CatalogWrapper.result
    /// What `app.info` says to a webhook.
    public var appInfo = AppInfo.refused
    /// Whether `crm.item.productrow.list` takes several owners at once.
    public var takesOwnerLists = true
    /// Whether `crm.item.productrow.list` filters by the rows' ids, or ignores such a filter.
    public var filtersRowsByID = true
    /// Whether `crm.status.list` ends after fifty rows.
    public var cutsStatuses = false
    /// Whether a filter by an ISO date with an offset finds nothing in `crm.item.list`.
    public var ignoresISODates = false
    /// Whether `crm.item.list` shows contacts and companies of other categories beside the ordinary ones:
    /// the counterparties of smart documents.
    public var showsOtherCategories = false
    /// What is done with a body that is no JSON.
    public var invalidBody = InvalidBody.ignored
    /// How the older methods write a user field of several values that has none.
    public var unsetMultiple = UnsetMultiple.list
    /// What stands in the comments of companies.
    public var comments = Comments.unset
    /// Fields that the portal does not have, each as a table and a name: `company.TITLE`.
    public var removedFields: [String] = []
    /// Whether characters beyond ASCII are written as `\uXXXX`.
    public var escapesUnicode = false

    // MARK: The clock

    /// The zone in which times are printed, in hours east of Greenwich.
    public var utcOffset = 3.0
    /// Seconds by which the portal's clock is fast.
    public var clockSkew = 0.0
    /// Which midnight a date without a time is printed as.
    public var midnight = Midnight.portal

    // MARK: What is wrong with the portal

    /// Whether it serves at all.
    public var state = State.open
    /// Whether a webhook must be called over HTTPS.
    public var requiresHTTPS = false
    /// Where a renamed portal sends its callers.
    public var newHost = "localhost"
    /// Rows with broken bytes, each as a table and an id: `company:77`.
    ///
    /// A page with one of them is refused.
    public var brokenRows: [String] = []

    // MARK: OAuth

    /// The local application's id.
    public var clientID = "local.sandbox.00000001"
    /// The local application's secret.
    public var clientSecret = "sandboxsecret0000000000000000000000000000000001"
    /// Where the portal sends a browser after the application was allowed; empty to show a page.
    public var redirectURI = "https://localhost/"
    /// The portal's id among portals.
    public var memberID = "5a4db0c0ffee00000000000000000001"
    /// Seconds that an access token lives.
    public var accessLifetime = 3600.0
    /// Seconds that a refresh token lives.
    public var refreshLifetime = 180.0 * 86_400
    /// Seconds that a refresh token can still be used after it was exchanged for another.
    public var refreshGrace = 0.0
    /// Whether the application was removed from the portal.
    public var isUninstalled = false

    /// The cloud's usual settings.
    public init() {}

    /// Whether the portal has a field: see ``removedFields``.
    func hasField(_ name: String, of table: String) -> Bool {
        removedFields.isEmpty || !removedFields.contains("\(table).\(name)")
    }
}

extension PortalOptions {
    /// The three states in which the `time` of answers is met.
    public enum TimeDetail: String, Hashable, Sendable, CaseIterable {
        /// A box without the limiter.
        case plain
        /// An older cloud.
        case operating
        /// The cloud of today.
        case operatingAndReset
    }

    /// Who pays for the commands of a batch.
    public enum BatchCharge: String, Hashable, Sendable, CaseIterable {
        /// Each command its own method, as documented.
        case commands
        /// The batch, as measured on a box.
        case batch
    }

    /// Whose word on statuses is followed.
    public enum Statuses: String, Hashable, Sendable, CaseIterable {
        /// The documentation.
        case docs
        /// What portals answer.
        case live
    }

    /// How addresses are paged when they are counted.
    public enum AddressPaging: String, Hashable, Sendable, CaseIterable {
        /// `total` is that of the page and no `next` comes, as on many builds.
        case page
        /// As in any list.
        case plain
    }

    /// What is done to a `start` that is no multiple of 50.
    public enum StartRounding: String, Hashable, Sendable, CaseIterable {
        /// Rounded down to a whole page.
        case page
        /// Taken as it is.
        case exact
    }

    /// What comes for a `start` beyond the end.
    public enum BeyondEnd: String, Hashable, Sendable, CaseIterable {
        /// No rows.
        case nothing
        /// The last page once more.
        case lastPage
    }

    /// Where sections, measures, price types and VAT rates are.
    public enum CatalogWrapper: String, Hashable, Sendable, CaseIterable {
        /// Under `result`, as in all other lists.
        case result
        /// At the top, as documented.
        case bare
    }

    /// What is done with a body that is no JSON.
    public enum InvalidBody: String, Hashable, Sendable, CaseIterable {
        /// It counts as no parameters at all, so that a list gives its first page unfiltered.
        case ignored
        /// The request is refused.
        case refused
    }

    /// How a field of several values that has none is written.
    public enum UnsetMultiple: String, Hashable, Sendable, CaseIterable {
        /// As an empty list.
        case list
        /// As `false`.
        case no = "false"
    }

    /// What stands in comments.
    public enum Comments: String, Hashable, Sendable, CaseIterable {
        /// Nothing.
        case unset
        /// A text in BB code, as documented.
        case bbCode = "bb"
        /// A text in HTML, as in older builds.
        case html
    }

    /// What `app.info` says to a webhook.
    public enum AppInfo: String, Hashable, Sendable, CaseIterable {
        /// That it needs an application.
        case refused
        /// Scopes and licence.
        case licence
    }

    /// Which midnight a date is printed as.
    public enum Midnight: String, Hashable, Sendable, CaseIterable {
        /// The portal's: `T00:00:00+03:00`.
        case portal
        /// Greenwich's in the portal's zone: `T03:00:00+03:00`.
        case greenwich
    }

    /// Whether the portal serves.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// It does.
        case open
        /// Blocked by the vendor for overload.
        case overloaded
        /// Deleted, or a box closed for maintenance.
        case deleted
        /// The subscription has ended.
        case unpaid
        /// REST is not in the plan.
        case free
    }
}
