import Records

/// The addresses of all records, taken apart and numbered.
struct AddressColumn: Sendable {
    /// One address of a record.
    struct Variant: Sendable {
        var placeStart: UInt32 = 0
        var placeCount: UInt8 = 0
        var city: UInt32 = TextTable.none
        /// Whether a label names the city, which is only the first of the places otherwise.
        var isCityNamed = false
        var house: UInt32 = TextTable.none
        var office: UInt32 = TextTable.none
        var postcode: UInt32 = TextTable.none
    }

    let variants: Frozen<Variant>
    private let starts: Frozen<UInt32>
    /// Numbers of the words of places, in the order of their hashes within each address.
    let places: Frozen<UInt32>
    let words: FrozenTable
    let frequencies: Frequencies

    init(
        records: RecordList, fields: [Int], known: KnownFrequencies? = nil, threads: Int
    ) {
        let builder = Parallel.joined(
            count: records.count, chunk: 4096, threads: threads, AddressColumnBuilder()
        ) { builder, range in
            for index in range { builder.add(records, index, fields: fields) }
        } append: {
            $0.append($1)
        }
        frequencies = Frequencies(
            builder.counts(records), hashes: builder.words.hashes, known: known)
        variants = Frozen(builder.variants)
        starts = Frozen(builder.starts)
        places = Frozen(builder.places)
        words = FrozenTable(builder.words)
    }

    @inline(__always)
    func variants(of record: Int) -> Range<Int> {
        Int(starts[record])..<Int(starts[record + 1])
    }

    /// The words of places of an address.
    @inline(__always)
    func places(of variant: Variant) -> UnsafeBufferPointer<UInt32> {
        let start = Int(variant.placeStart)
        return places[start..<start + Int(variant.placeCount)]
    }

    /// See ``PreparedComparison/fetch(_:_:)``.
    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32 {
        var sum: UInt32 = 0
        for pair in pairs { sum &+= starts[half.record(of: pair)] }
        for pair in pairs {
            // Of a record without an address the next one's: it does not matter.
            let start = Int(starts[half.record(of: pair)])
            if start < variants.count { sum &+= variants[start].placeStart }
        }
        for pair in pairs {
            let start = Int(starts[half.record(of: pair)])
            guard start < variants.count, variants[start].placeCount > 0 else { continue }
            sum &+= places[Int(variants[start].placeStart)]
        }
        return sum
    }
}

/// Reads addresses and numbers their words, chunk by chunk; the chunks are then joined in order.
struct AddressColumnBuilder: Sendable {
    private(set) var variants: [AddressColumn.Variant] = []
    private(set) var starts: [UInt32] = [0]
    private(set) var places: [UInt32] = []
    private(set) var words = TextTable()
    private var keys = WordKeys(readsLatinAsRussian: true)
    private var folder = WordFolder()
    private var outline = AddressOutline()
    /// Reused from number to number.
    private var key: [UInt8] = []

    mutating func add(_ records: RecordList, _ record: Int, fields: [Int]) {
        for field in fields {
            records.forEachText(record, field) { text in
                if folder.tokenize(text, takesLoose: true) {
                    outline.read(folder)
                    take { builder, place in builder.number(of: builder.folder.tokens[place]) }
                } else {
                    let found = folder.fold(text).words
                    outline.read(found)
                    take { builder, place in
                        builder.keys.numberOfAny(found[place], in: &builder.words)
                    }
                }
            }
        }
        starts.append(UInt32(variants.count))
    }

    /// Takes the address in the outline; `number` gives the number of the word at a place.
    @inline(__always)
    private mutating func take(_ number: (inout Self, Int) -> UInt32) {
        guard !outline.places.isEmpty || outline.house != nil else { return }
        var variant = AddressColumn.Variant()
        variant.placeStart = UInt32(places.count)
        for index in 0..<min(24, outline.places.count) {
            places.append(number(&self, outline.places[index]))
        }
        variant.placeCount = UInt8(places.count - Int(variant.placeStart))
        sortPlaces(from: Int(variant.placeStart))
        if let city = outline.city { variant.city = number(&self, city) }
        variant.isCityNamed = outline.isCityNamed
        // House, office and post code are told apart from words and from each other.
        if let house = outline.house { variant.house = intern(house, mark: 251) }
        if let office = outline.office { variant.office = intern(office, mark: 252) }
        if let code = outline.postcode { variant.postcode = intern(code, mark: 253) }
        variants.append(variant)
    }

    private mutating func number(of token: WordToken) -> UInt32 {
        keys.known(token) ?? keys.numberOfAny(folder.word(token), in: &words)
    }

    /// Sorts by hashes: numbers depend on what other records say.
    private mutating func sortPlaces(from start: Int) {
        var place = start + 1
        while place < places.count {
            let word = places[place]
            let hash = words.hashes[Int(word)]
            var free = place
            while free > start, words.hashes[Int(places[free - 1])] > hash {
                places[free] = places[free - 1]
                free -= 1
            }
            places[free] = word
            place += 1
        }
    }

    private mutating func intern(_ number: String, mark: UInt8) -> UInt32 {
        key.removeAll(keepingCapacity: true)
        key.append(mark)
        key.append(contentsOf: number.utf8)
        return words.intern(key)
    }

    mutating func append(_ other: AddressColumnBuilder) {
        let numbers = words.merge(other.words)
        func number(_ old: UInt32) -> UInt32 { old == TextTable.none ? old : numbers[Int(old)] }
        let (offset, base) = (UInt32(places.count), UInt32(variants.count))
        places.append(contentsOf: other.places.map { numbers[Int($0)] })
        for var variant in other.variants {
            variant.placeStart += offset
            variant.city = number(variant.city)
            variant.house = number(variant.house)
            variant.office = number(variant.office)
            variant.postcode = number(variant.postcode)
            variants.append(variant)
        }
        starts.append(contentsOf: other.starts.dropFirst().map { $0 + base })
    }

    /// In how many records words, houses and offices stand.
    func counts(_ records: RecordList) -> SideCounts {
        var counts = [[UInt32]](repeating: .init(repeating: 0, count: words.count), count: 2)
        var totals = [0, 0]
        for record in 0..<records.count {
            let side = record < records.leftCount ? 0 : 1
            let range = Int(starts[record])..<Int(starts[record + 1])
            if !range.isEmpty { totals[side] += 1 }
            for variant in variants[range].prefix(1) {
                let start = Int(variant.placeStart)
                var previous = TextTable.none
                for place in places[start..<start + Int(variant.placeCount)] where place != previous
                {
                    counts[side][Int(place)] += 1
                    previous = place
                }
                for part in [variant.house, variant.office, variant.postcode]
                where part != TextTable.none { counts[side][Int(part)] += 1 }
            }
        }
        return SideCounts(
            left: counts[0], right: counts[1],
            leftTotal: totals[0], rightTotal: totals[1])
    }
}
