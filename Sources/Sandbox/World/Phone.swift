/// A Russian telephone number, with the way in which it is written.
struct Phone: Hashable, Sendable {
    /// The ten digits after +7.
    var national: UInt64
    /// Which of the notations of ``text`` it is written in.
    var notation: UInt8
    /// Zero when there is none.
    var extensionNumber: UInt16 = 0

    /// How many notations there are.
    static let notationCount = 9

    /// Makes a number of a city, or a mobile one; serials below eight million give different numbers.
    init(city: Int, serial: Int, isMobile: Bool) {
        // Multiplying by a number prime to the modulus gives each serial a number of its own.
        let spread = serial &* 6_180_341 % 8_000_000
        if isMobile {
            national = UInt64(900 + city) * 10_000_000 + UInt64(1_000_000 + spread)
        } else {
            national =
                UInt64(PlaceStock.cities[city].phoneCode) * 10_000_000
                + UInt64(2_000_000 + spread)
        }
        notation = 0
    }

    /// Makes a mobile number of a range of codes that no city's numbers use.
    init(code: Int, serial: Int) {
        let spread = serial &* 6_180_341 % 8_000_000
        national = UInt64(code) * 10_000_000 + UInt64(1_000_000 + spread)
        notation = 0
    }

    /// The same number, written otherwise.
    func written(_ notation: Int) -> Phone {
        var phone = self
        phone.notation = UInt8(notation % Self.notationCount)
        return phone
    }

    /// The number as a person typed it.
    var text: String {
        var digits: [UInt8] = []
        var rest = national
        for _ in 0..<10 {
            digits.append(48 + UInt8(rest % 10))
            rest /= 10
        }
        digits.reverse()
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        let (code, first, second, third) = (part(0..<3), part(3..<6), part(6..<8), part(8..<10))
        let number =
            switch notation {
            case 0: "+7\(code)\(first)\(second)\(third)"
            case 1: "+7 (\(code)) \(first)-\(second)-\(third)"
            case 2: "8 (\(code)) \(first)-\(second)-\(third)"
            case 3: "8\(code)\(first)\(second)\(third)"
            case 4: "8-\(code)-\(first)-\(second)-\(third)"
            case 5: "7 \(code) \(first)\(second)\(third)"
            case 6: "(\(code)) \(first)-\(second)-\(third)"
            case 7: "\(code)\(first)\(second)\(third)"
            default: "+7 \(code) \(first) \(second) \(third)"
            }
        return extensionNumber > 0 ? "\(number) доб. \(extensionNumber)" : number
    }
}
