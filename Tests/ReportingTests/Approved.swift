import Foundation
import Testing

/// Compares a text with its approved copy in `Fixtures`.
///
/// With `SVERKA_APPROVE=1` in the environment the copy is written instead; it is reviewed like
/// code before it is committed.
func expectApproved(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let file = SamplePlaces.fixtures.appending(path: name)
    if ProcessInfo.processInfo.environment["SVERKA_APPROVE"] == "1" {
        try Data(text.utf8).write(to: file)
        return
    }
    let approved = try String(contentsOf: file, encoding: .utf8)
    guard approved != text else { return }
    // The first lines that differ say more than two long texts.
    let (new, old) = (
        text.split(separator: "\n", omittingEmptySubsequences: false),
        approved.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let place = zip(new, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let line = place ?? min(new.count, old.count)
    Issue.record(
        """
        \(name) differs from its approved copy at line \(line + 1):
        approved: \(line < old.count ? String(old[line]) : "(end)")
        now:      \(line < new.count ? String(new[line]) : "(end)")
        """, sourceLocation: sourceLocation)
}
