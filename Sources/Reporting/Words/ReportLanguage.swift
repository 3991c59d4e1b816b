/// A language that reports are written in.
public enum ReportLanguage: String, Hashable, Sendable, Codable, CaseIterable {
    /// Russian.
    case russian = "ru"
    /// English.
    case english = "en"
}

/// Which form of a noun a number asks for.
enum PluralForm: String, CaseIterable {
    /// 1 расхождение, 21 расхождение; 1 finding.
    case one
    /// 2 расхождения, 22 расхождения.
    case few
    /// 5 расхождений, 11 расхождений; 2 findings.
    case many

    /// The form for a number.
    ///
    /// Source: Unicode CLDR, plural rules of `ru` and `en`, cardinal, whole numbers.
    init(_ count: Int, in language: ReportLanguage) {
        let (tens, units) = (count.magnitude % 100, count.magnitude % 10)
        switch language {
        case .english: self = count.magnitude == 1 ? .one : .many
        case .russian where (11...14).contains(tens): self = .many
        case .russian where units == 1: self = .one
        case .russian where (2...4).contains(units): self = .few
        case .russian: self = .many
        }
    }
}
