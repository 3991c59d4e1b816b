import Records

/// Identifiers as they are compared.
enum IdentifierReading {
    /// Hands over every identifier of a text, and whether it is valid; what stands for none is none.
    ///
    /// What is written plainly, nearly all, is read where it stands.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ type: FieldType,
        _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) {
        readAll(bytes, type) { value, isValid in
            if !isPlaceholder(value, type) { take(value, isValid) }
        }
    }

    /// Hands over the ИНН or the telephone that is written into a text of something else: «Ромашка ИНН
    /// 7707083893»; of a free text, what cannot be the number of an order as well.
    static func readWithin(
        _ text: UnsafeBufferPointer<UInt8>, _ type: FieldType, isFreeText: Bool,
        _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) {
        // Either has ten digits; hardly any name has.
        guard text.count >= 10, text.count(where: isDigit) >= 10 else { return }
        let name = OrganizationName(FoldedText(text), isFreeText: isFreeText)
        let digits: String? =
            switch type {
            case .taxID: name.taxID?.digits
            case .phone: name.phone?.digits
            default: nil
            }
        if var digits { digits.withUTF8 { take($0, true) } }
    }

    /// Whether a value says that there is none.
    ///
    /// Numbers say what they say: an amount of 0 is one.
    @inline(__always)
    private static func isPlaceholder(
        _ value: UnsafeBufferPointer<UInt8>, _ type: FieldType
    ) -> Bool {
        switch type {
        case .code, .text: Placeholders.isCode(value)
        case .phone: Placeholders.isPhone(value)
        case .email: Placeholders.isEmail(value)
        default: false
        }
    }

    private static func readAll(
        _ bytes: UnsafeBufferPointer<UInt8>, _ type: FieldType,
        _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) {
        if readPlain(bytes, type, take) { return }
        let text = String(decoding: bytes, as: UTF8.self)
        func hand(_ text: String, _ isValid: Bool) {
            var text = text
            text.withUTF8 { take($0, isValid) }
        }
        switch type {
        case .taxID:
            guard let reading = TaxIDReading(text) else { return }
            hand(reading.digits, reading.taxID != nil)
        case .kpp:
            if let kpp = KPP(reading: text) { hand(kpp.characters, true) }
        case .registrationNumber:
            if let number = try? OGRN(validating: text) { return hand(number.digits, true) }
            let digits = text.filter { $0 >= "0" && $0 <= "9" }
            if digits.utf8.count >= 5 { hand(digits, false) }
        case .phone:
            // A number of several desks is handed over with each: it is numbered once.
            for phone in PhoneNumber.all(in: text, keepsDesks: true) {
                hand(phone.digits, phone.isComplete)
                // Who shares a desk shares more than the house; who does not, still the number.
                var digits = phone.digits
                guard let desk = phone.extensionDigits, !digits.withUTF8(Placeholders.isPhone)
                else { continue }
                hand("\(digits)#\(desk)", phone.isComplete)
            }
        case .email:
            for address in EmailAddress.all(in: text) { hand(address.description, true) }
        default:
            let code = CodeText(bytes).characters
            if !code.isEmpty { hand(code, true) }
        }
    }

    /// Reads a text of digits, or of Latin letters and digits where it is a code.
    ///
    /// - Returns: Whether that was all there is to read.
    private static func readPlain(
        _ text: UnsafeBufferPointer<UInt8>, _ type: FieldType,
        _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) -> Bool {
        switch type {
        case .taxID:
            guard TaxID.areValid(text) else { return false }
            take(text, true)
            return true
        case .kpp:
            guard text.count == 9, text.allSatisfy(isDigit), text.contains(where: { $0 != 48 })
            else { return false }
            take(text, true)
            return true
        case .registrationNumber: return false
        case .phone: return readPlainPhone(text, take)
        case .email: return readPlainEmail(text, take)
        default:
            guard text.count <= 64, !text.isEmpty, text.allSatisfy(isLetterOrDigit) else {
                return false
            }
            takeLowercase(text, take)
            return true
        }
    }

    /// Reads a number of digits with spaces, brackets and dashes between them, as
    /// ``PhoneNumber/init(_:)`` does.
    private static func readPlainPhone(
        _ text: UnsafeBufferPointer<UInt8>, _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) -> Bool {
        guard text.count <= 32 else { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digits in
            digits.initialize(repeating: 0)
            var count = 0
            var isInternational = false
            for byte in text {
                switch byte {
                case 48...57:
                    digits[count] = byte
                    count += 1
                case 0x2B: if count == 0 { isInternational = true }
                case 0x20, 0x28, 0x29, 0x2D, 0x2E: break
                default: return false
                }
            }
            var start = 0
            let (first, second) = (digits[0], digits[1])
            if count == 11, first == 55 || first == 56 {
                start = 1
            } else if count == 12, isInternational, first == 55, second == 56 {
                start = 2
            } else if count > 11, first == 56, second == 49, digits[2] == 48 {
                start = 3
            }
            let number = UnsafeBufferPointer(rebasing: digits[start..<max(start, count)])
            // Two numbers with only a space between are read with more care.
            guard number.count <= 15 else { return false }
            guard number.count >= 5, number.contains(where: { $0 != number[0] }),
                number.count < text.count || !isRow(number)
            else { return true }
            take(number, number.count >= 10)
            return true
        }
    }

    /// Whether digits are the keys from left to right: `1234567890`, typed for no number.
    private static func isRow(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        zip(digits, digits.dropFirst()).allSatisfy { $0 + 1 == $1 || ($0 == 57 && $1 == 48) }
    }

    /// Reads one address of plain letters.
    private static func readPlainEmail(
        _ text: UnsafeBufferPointer<UInt8>, _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) -> Bool {
        var (at, lastPoint) = (-1, -1)
        for (index, byte) in text.enumerated() {
            switch byte {
            case 64:
                guard at < 0 else { return false }
                at = index
            case 46: lastPoint = index
            case 43, 45, 95: break
            default: guard isLetterOrDigit(byte) else { return false }
            }
        }
        guard text.count <= 256, at > 0, lastPoint > at + 1, lastPoint < text.count - 1,
            text[at + 1] != 46
        else { return false }
        takeLowercase(text, take)
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90)
    }

    private static func takeLowercase(
        _ text: UnsafeBufferPointer<UInt8>, _ take: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { lower in
            for (index, byte) in text.enumerated() {
                lower[index] = byte >= 65 && byte <= 90 ? byte + 32 : byte
            }
            take(UnsafeBufferPointer(lower), true)
        }
    }
}
