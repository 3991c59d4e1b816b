public import Foundation
public import Records

/// What is enough to read of a list that only grows, where the whole of it was read before: the journal
/// of an integration, which is looked at every few minutes.
///
/// A source leaves out by itself what it can tell to be older; one that cannot tell gives everything.
public struct ReadingWindow: Hashable, Sendable {
    /// The field that says when a record came to be.
    public var field: FieldName
    /// What came to be before this moment need not be read.
    public var since: Date
    /// Numbers below this one need not be read, of lists whose records are numbered in the order in
    /// which they come to be; `nil` when none is known.
    public var leastNumber: Int64?

    /// Makes a window.
    public init(field: FieldName, since: Date, leastNumber: Int64? = nil) {
        self.field = field
        self.since = since
        self.leastNumber = leastNumber
    }

    /// The member of a list's rows that holds ``field``.
    ///
    /// - Parameter mapping: Where the list's fields come from.
    /// - Returns: `nil` where the field is not simply one member, so that no source could compare it.
    public func member(in mapping: EntityMapping) -> String? {
        guard case .path(let path) = mapping.fields.first(where: { $0.name == field })?.expression,
            path.steps.count == 1, case .member(let name) = path.steps[0]
        else { return nil }
        return name
    }
}
