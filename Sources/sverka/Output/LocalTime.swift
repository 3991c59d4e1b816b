import Foundation
import Operations

/// Writes instants in the company's time zone.
struct LocalTime {
    private let zone: TimeZone

    init(_ configuration: Configuration) { zone = configuration.company.timeZone }

    func text(_ instant: Date) -> String {
        instant.formatted(
            Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone)
                .year().month().day().time(includingFractionalSeconds: false))
    }
}
