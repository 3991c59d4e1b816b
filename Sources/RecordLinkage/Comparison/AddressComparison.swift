import Records

/// Compares addresses part by part: places by their words, then house, then office.
struct AddressComparison: PreparedComparison {
    let name: String
    let column: AddressColumn
    let usesTermFrequency: Bool

    let levels = [
        LevelScheme("same to the office", "=", expected: 0.3),
        LevelScheme("same house", "=", expected: 0.25),
        LevelScheme("same street and house, another office", "≈", expected: 0.05),
        LevelScheme("same street", "≈", expected: 0.1),
        LevelScheme("same city", "≈", expected: 0.15),
        LevelScheme("different", "≠", expected: 0.15),
    ]

    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32 {
        column.fetch(pairs, half)
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        var best: Outcome?
        for i in column.variants(of: first) {
            for j in column.variants(of: second) {
                let found = compare(column.variants[i], column.variants[j], scratch)
                if found.level < best?.level ?? 255 { best = found }
            }
        }
        guard var outcome = best else { return .missing }
        if !usesTermFrequency { outcome.information = Outcome.plain }
        return outcome
    }

    private func compare(
        _ a: AddressColumn.Variant, _ b: AddressColumn.Variant, _ scratch: Scratch
    ) -> Outcome {
        let bits = column.frequencies.plainBits
        func information(_ part: UInt32) -> Float { bits[Int(part)] }
        func agree(_ x: UInt32, _ y: UInt32) -> Bool? {
            x == TextTable.none || y == TextTable.none ? nil : x == y
        }
        var (shared, totalA, totalB) = (Float(0), Float(0), Float(0))
        alignPlaces(a, b, scratch, &shared, &totalA, &totalB)
        let ratio = shared / max(0.01, min(totalA, totalB))
        let (house, office) = (agree(a.house, b.house), agree(a.office, b.office))
        let isSameCode = agree(a.postcode, b.postcode) == true
        // Every other town has a house 5 in Lenin Street.
        let areTwo = !isSameCode && ratio >= 0.4 && areApart(a, b, scratch)
        let hasPlaces = !areTwo && (ratio >= 0.85 || (isSameCode && ratio >= 0.4))
        var total = shared
        if house == true {
            total += information(a.house)
            if hasPlaces {
                switch office {
                case true: return Outcome(level: 0, bits: total + information(a.office))
                case nil: return Outcome(level: 1, bits: total)
                default: return Outcome(level: 2, bits: total)
                }
            }
            if !areTwo, ratio >= 0.6 || (office == true && ratio >= 0.4) {
                return Outcome(level: 2, bits: total + (office == true ? information(a.office) : 0))
            }
        }
        if hasPlaces, house != false || ratio >= 0.85 {
            return Outcome(level: 3, bits: shared)
        }
        if shared > 0, !areTwo { return Outcome(level: 4, bits: shared) }
        return Outcome(level: 5)
    }

    private func alignPlaces(
        _ a: AddressColumn.Variant, _ b: AddressColumn.Variant, _ scratch: Scratch,
        _ shared: inout Float, _ totalA: inout Float, _ totalB: inout Float
    ) {
        let bits = column.frequencies.plainBits
        let (placesA, placesB) = (column.places(of: a), column.places(of: b))
        for place in placesB { totalB += bits[Int(place)] }
        for place in placesA {
            totalA += bits[Int(place)]
            if placesB.contains(place) {
                shared += bits[Int(place)]
            } else if let similar = placesB.first(where: { isSimilar(place, $0, scratch) }) {
                let weight = min(bits[Int(place)], bits[Int(similar)])
                shared += weight
                // The error makes a word rare; its weight is that of the word meant.
                totalA += weight - bits[Int(place)]
                totalB += weight - bits[Int(similar)]
            }
        }
    }

    /// Whether labels name two cities, neither of which stands in the other address as well.
    private func areApart(
        _ a: AddressColumn.Variant, _ b: AddressColumn.Variant, _ scratch: Scratch
    ) -> Bool {
        guard a.isCityNamed, b.isCityNamed, a.city != b.city else { return false }
        return !column.places(of: a).contains(b.city) && !column.places(of: b).contains(a.city)
            && !isSimilar(a.city, b.city, scratch)
    }

    private func isSimilar(_ first: UInt32, _ second: UInt32, _ scratch: Scratch) -> Bool {
        let (lengthA, lengthB) = (column.words.length(first), column.words.length(second))
        guard min(lengthA, lengthB) >= 5, abs(lengthA - lengthB) <= 1 else { return false }
        return scratch.distance.distance(column.words[first], column.words[second]) <= 1
    }

    func normalizedText(_ record: Int) -> String {
        column.variants(of: record).map { index in
            let variant = column.variants[index]
            var parts = column.places(of: variant)
                .map { SoundKeyText.text(column.words[$0]) }
            for part in [variant.house, variant.office] where part != TextTable.none {
                parts.append(String(decoding: column.words[part].dropFirst(), as: UTF8.self))
            }
            return parts.joined(separator: " ")
        }.joined(separator: " | ")
    }
}
