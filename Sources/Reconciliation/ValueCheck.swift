import Records

/// What is wrong with a text as a value of its type.
enum ValueCheck {
    /// Why a text cannot be a value of a type.
    ///
    /// - Returns: The key of the reason, `nil` when nothing speaks against it.
    static func defect(of text: String, type: FieldType) -> String? {
        switch type {
        case .taxID: defect { () throws(IdentifierDefect) in _ = try TaxID(validating: text) }
        case .kpp: defect { () throws(IdentifierDefect) in _ = try KPP(validating: text) }
        case .registrationNumber:
            defect { () throws(IdentifierDefect) in _ = try OGRN(validating: text) }
        case .phone:
            Cell.phones(text).contains { !$0.isCutShort(in: text) } ? nil : FindingReason.notAPhone
        case .email: Cell.emails(text).isEmpty ? FindingReason.notAnEmail : nil
        default: nil
        }
    }

    private static func defect(_ check: () throws(IdentifierDefect) -> Void) -> String? {
        do {
            try check()
            return nil
        } catch {
            return error.rawValue
        }
    }
}

extension CompiledRules.Validity {
    /// What a record's own value turned out to be.
    enum Verdict: Equatable {
        case empty
        case valid
        /// A text that people type for "none".
        case junk(defect: String)
        case invalid(defect: String)
    }

    /// Checks the value of a record; of several values the first impossible one counts.
    func verdict(on record: Record) -> Verdict {
        guard let value = record[field] else { return .empty }
        switch value {
        case .text(let text): return verdict(on: text, of: record)
        case .texts(let texts):
            for text in texts {
                let verdict = verdict(on: text, of: record)
                if verdict != .valid { return verdict }
            }
            return .valid
        default:
            guard let bound = rule.bound, let number = value.number, !bound.allows(number),
                !isExcepted(record)
            else { return .valid }
            return .invalid(defect: FindingReason.tooSmall)
        }
    }

    private func verdict(on text: String, of record: Record) -> Verdict {
        guard let defect = defect(of: text) else {
            return rule.junk.contains(text) ? .junk(defect: "wrong_prefix") : .valid
        }
        if isExcepted(record) { return .valid }
        return rule.junk.contains(text) ? .junk(defect: defect) : .invalid(defect: defect)
    }

    private func defect(of text: String) -> String? {
        if rule.form == .gs1, TradeNumber.isWrong(text) {
            return IdentifierDefect.checkDigit.rawValue
        }
        return ValueCheck.defect(of: text, type: type)
    }

    private func isExcepted(_ record: Record) -> Bool {
        exceptions.contains { exception in
            (record[exception.field]?.texts ?? []).contains(where: exception.values.contains)
        }
    }
}

extension PhoneNumber {
    /// Whether digits of a Russian number are missing: `8 (495) 123-45`, `+7 916 123`.
    ///
    /// Eight or nine digits are neither a local number nor a whole one; numbers of other countries
    /// that are as short begin with a plus.
    fileprivate func isCutShort(in text: String) -> Bool {
        let start = text.drop { $0 == " " || $0 == "(" }
        if start.hasPrefix("+7") { return digits.utf8.count < 10 }
        return !start.hasPrefix("+") && (8...9).contains(digits.utf8.count)
    }
}
