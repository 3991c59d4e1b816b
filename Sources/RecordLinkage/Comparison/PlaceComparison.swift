import Records

/// Compares the places that records name in addresses and in names: what tells branches apart.
///
/// Which words are places is learnt from the addresses: words that several of them begin with. It
/// speaks only where no two addresses can be compared, which say the same more exactly.
struct PlaceComparison: PreparedComparison {
    let name: String
    private let names: TextColumn
    private let addresses: AddressColumn
    /// The city of each record's address; a number of the address column.
    private let cities: Frozen<UInt32>
    /// The place within each record's name, a number of the names' words; `none` where there is none.
    private let namedPlaces: Frozen<UInt32>
    /// The hashes of the words that are places, in order.
    let places: [UInt64]

    let levels = [
        LevelScheme("same", "=", expected: 0.6),
        LevelScheme("named by one", "≈", expected: 0.37),
        LevelScheme("different", "≠", expected: 0.03),
    ]

    /// A word is a place when at least this many addresses have it as their city.
    private static let leastAddresses = 3

    init(
        name: String, names: TextColumn, addresses: AddressColumn, known: [UInt64]? = nil,
        records: Int, threads: Int = 1
    ) {
        self.name = name
        self.names = names
        self.addresses = addresses
        var counts = [Int](repeating: 0, count: addresses.words.count)
        var cities = [UInt32](repeating: TextTable.none, count: records)
        for record in 0..<records {
            for index in addresses.variants(of: record).prefix(1) {
                let city = addresses.variants[index].city
                guard city != TextTable.none else { continue }
                cities[record] = city
                counts[Int(city)] += 1
            }
        }
        places =
            known
            ?? counts.indices.filter { counts[$0] >= Self.leastAddresses }
            .map { addresses.words.hashes[$0] }.sorted()
        let byHash = Set(places)
        let isPlace = names.letterHashes.all.map { byHash.contains($0) }
        namedPlaces = Frozen(
            Parallel.array(count: records, chunk: 16384, threads: threads) { range, named in
                for record in range {
                    let place = Self.namedPlace(names, record, isPlace)
                    (named + (record - range.lowerBound)).initialize(to: place)
                }
            })
        self.cities = Frozen(cities)
    }

    /// The place among the notes of a name, or beside at least one other word of it.
    private static func namedPlace(
        _ names: TextColumn, _ record: Int, _ isPlace: [Bool]
    ) -> UInt32 {
        for index in names.variants(of: record) {
            let variant = names.variants[index]
            for word in names.notes(of: variant) where isPlace[Int(word)] { return word }
            guard variant.wordCount > 1, !variant.isPerson else { continue }
            for word in names.words(of: variant) where isPlace[Int(word)] { return word }
        }
        return TextTable.none
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        let none = TextTable.none
        let (cityA, cityB) = (cities[first], cities[second])
        if cityA != none, cityB != none { return .missing }
        let (namedA, namedB) = (namedPlaces[first], namedPlaces[second])
        guard namedA != none || namedB != none else { return .missing }
        guard let placeA = place(first), let placeB = place(second) else {
            return Outcome(level: 1)
        }
        return Outcome(level: placeA == placeB ? 0 : 2)
    }

    /// The hash of the place that a record names, in its name before in its address.
    private func place(_ record: Int) -> UInt64? {
        let (named, city) = (namedPlaces[record], cities[record])
        if named != TextTable.none { return names.letterHashes[Int(named)] }
        return city == TextTable.none ? nil : addresses.words.hashes[Int(city)]
    }

    func normalizedText(_ record: Int) -> String {
        let (named, city) = (namedPlaces[record], cities[record])
        if named != TextTable.none { return SoundKeyText.text(names.wordTable[named]) }
        return city == TextTable.none ? "" : SoundKeyText.text(addresses.words[city])
    }
}
