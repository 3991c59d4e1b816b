extension PortalOptions: SwitchableOptions {
    /// Everything that can be set by name, in the order in which it is listed.
    public static let switches: [SandboxSwitch<PortalOptions>] = rights + limits + build + state

    private static let rights: [SandboxSwitch<PortalOptions>] = [
        .words("scopes", "what webhook and application may touch", "crm,user", \.scopes),
        .flag("admin", "whether the webhook's owner is an administrator", \.isAdministrator),
        .flag("dismissed", "whether the webhook's owner was dismissed", \.isDismissed),
        .flag("may-read-crm", "whether the owner may read the CRM at all", \.mayReadCRM),
        .number(
            "visible-share", "share of companies, contacts, deals and invoices that the owner sees",
            "0.6", \.visibleShare),
        .text("code", "the webhook's secret", "changed0webhook1", \.code),
        .number(
            "access-lifetime", "seconds that an access token lives", "30", \.accessLifetime),
        .number(
            "refresh-lifetime", "seconds that a refresh token lives", "60", \.refreshLifetime),
        .number(
            "refresh-grace", "seconds that an exchanged refresh token still works", "30",
            \.refreshGrace),
        .text(
            "redirect-uri", "where the browser goes after the application was allowed",
            "http://127.0.0.1:8080/callback", \.redirectURI),
        .flag("uninstalled", "whether the application was removed", \.isUninstalled),
    ]

    private static let limits: [SandboxSwitch<PortalOptions>] = [
        .optionalNumber(
            "requests-per-second", "what leaks out of an address's bucket in a second", "5",
            none: "off", \.requestsPerSecond),
        .number("bucket-depth", "requests that an address's bucket holds", "250", \.bucketDepth),
        .optionalNumber(
            "operating-limit", "seconds that a method may work in ten minutes", "20", none: "off",
            \.operatingLimit),
        .optionalNumber(
            "operating-block", "seconds that a method stays blocked once it was refused", "300",
            none: "window", \.operatingBlock),
        .optionalNumber(
            "operating-cost", "seconds charged for each call", "0.5", none: "measured",
            \.operatingCost),
        .choice(
            "batch-charge", "who pays for the commands of a batch", BatchCharge.batch,
            \.batchCharge),
        .choice(
            "time", "which of the limiter's figures come with an answer", TimeDetail.plain,
            \.timeDetail),
        .flag(
            "fractional-start", "whether time.start has a fraction, as in older builds",
            \.hasFractionalStart),
    ]

    private static let build: [SandboxSwitch<PortalOptions>] = [
        .words(
            "missing-methods", "beginnings of names of methods that an old box lacks",
            "catalog.,crm.item.", \.missingMethods),
        .choice("statuses", "whose word on HTTP statuses is followed", Statuses.docs, \.statuses),
        .choice(
            "address-paging", "how crm.address.list pages", AddressPaging.plain, \.addressPaging),
        .choice(
            "start-rounding", "what the older lists do with a start between pages",
            StartRounding.exact, \.startRounding),
        .choice(
            "beyond-end", "what the older lists give beyond the end", BeyondEnd.lastPage,
            \.beyondEnd),
        .choice(
            "catalog-wrapper", "where sections, measures, price types and VAT rates are",
            CatalogWrapper.bare, \.catalogWrapper),
        .choice("app-info", "what app.info says to a webhook", AppInfo.licence, \.appInfo),
        .flag(
            "owner-lists", "whether crm.item.productrow.list takes several owners",
            \.takesOwnerLists),
        .flag(
            "row-filter", "whether crm.item.productrow.list filters by the rows' ids",
            \.filtersRowsByID),
        .flag("cut-statuses", "whether crm.status.list ends after 50 rows", \.cutsStatuses),
        .flag(
            "ignore-iso-dates", "whether crm.item.list finds nothing by ISO dates",
            \.ignoresISODates),
        .flag(
            "item-categories",
            "whether crm.item.list shows contacts and companies of other categories too",
            \.showsOtherCategories),
        .choice(
            "invalid-body", "what is done with a body that is no JSON", InvalidBody.refused,
            \.invalidBody),
        .choice(
            "unset-multiple",
            "how the older lists write a user field of several values that has none",
            UnsetMultiple.no, \.unsetMultiple),
        .choice("comments", "what stands in comments of companies", Comments.html, \.comments),
        .words(
            "removed-fields", "fields that the portal does not have, as table.NAME",
            "company.TITLE,product.name", \.removedFields),
        .flag("escape-unicode", "whether Cyrillic is written as \\uXXXX", \.escapesUnicode),
        .number("utc-offset", "the portal's zone, hours", "7", \.utcOffset, isSigned: true),
        .number(
            "clock-skew", "seconds by which the portal's clock is fast", "-90", \.clockSkew,
            isSigned: true),
        .choice(
            "midnight", "which midnight a date is printed as", Midnight.greenwich, \.midnight),
    ]

    private static let state: [SandboxSwitch<PortalOptions>] = [
        .choice("state", "whether the portal serves", State.unpaid, \.state),
        .flag("https-only", "whether a webhook over HTTP is refused", \.requiresHTTPS),
        .text(
            "new-host", "where a renamed portal (fault redirected) sends its callers",
            "portal.localhost", \.newHost),
        .words(
            "broken-rows", "rows with broken bytes, as table:id", "company:77,contact:12",
            \.brokenRows),
    ]
}
