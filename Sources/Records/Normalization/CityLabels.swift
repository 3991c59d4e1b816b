/// Which place of an address its labels name as the city, read word by word.
///
/// People write `г. Москва, ул. Тверская`, 1C writes `Москва г, Тверская ул`: commas are gone when
/// addresses are taken apart, so that a label between two places is that of the one or of the other as
/// the street's label tells, which stands before a name or before none.
struct CityLabels {
    /// The first place behind a label of cities.
    private var ahead: Int?
    /// The first place before one.
    private var behind: Int?
    /// Whether the label of a street stood behind its name, with no other name after it.
    private var standsBehind = false
    /// Whether labels that stand between a street's name and what follows have begun.
    private var isOpen = false

    /// The place that is named as the city; `nil` where no label says so.
    var named: Int? { standsBehind ? behind ?? ahead : ahead ?? behind }

    /// Takes a label.
    ///
    /// - Parameters:
    ///   - label: What it names.
    ///   - index: Where it stands among the words.
    ///   - lastPlace: Where the last name before it stands.
    @inline(__always)
    mutating func take(label: AddressWords.Label, at index: Int, lastPlace: Int?) {
        switch label {
        case .city, .street:
            // A number between them parts the two: `Тверская, 12, г. Москва`.
            guard let lastPlace, lastPlace + 1 == index else { return }
            if label == .street { isOpen = true } else if behind == nil { behind = lastPlace }
        case .house, .building, .office: endRun()
        case .other, .none: break
        }
    }

    /// Takes a place with the label before it.
    @inline(__always)
    mutating func take(place: Int, labelled label: AddressWords.Label) {
        isOpen = false
        if label == .city, ahead == nil { ahead = place }
    }

    /// Ends a run of labels at a number, or where the address ends.
    @inline(__always)
    mutating func endRun() {
        if isOpen { standsBehind = true }
        isOpen = false
    }
}
