/// The form in which 1C's navigation links write a reference.
enum NavigationLink {
    /// The digits of a GUID as links order them: `aabbccdd-eeff-gghh-iijj-kkllmmnnoopp` becomes
    /// `iijjkkllmmnnoopp`, `gghh`, `eeff`, `aabbccdd`, without anything between.
    ///
    /// - Returns: `nil` when the id is no GUID.
    static func reference(_ id: String) -> String? {
        let parts = id.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12],
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isHexDigit } })
        else { return nil }
        return String(parts[3] + parts[4] + parts[2] + parts[1] + parts[0])
    }
}
