import Alerting
import Channels
import Testing

@testable import Operations

@Suite("The severity of an alert")
struct AlertSeverityTests {
    @Test("is that of its rule, up to what wakes people", arguments: AlertSeverity.allCases)
    func notice(severity: AlertSeverity) {
        #expect(Notice.Severity(severity).rawValue == severity.rawValue)
    }

    @Test("reaches from info to critical, as that of notices does")
    func order() {
        #expect(
            AlertSeverity.allCases.sorted().map { Notice.Severity($0) }
                == Notice.Severity.allCases.sorted())
    }
}
