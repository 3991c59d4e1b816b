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
        case .phone: Cell.phones(text).isEmpty ? FindingReason.notAPhone : nil
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
        default: return .valid
        }
    }

    private func verdict(on text: String, of record: Record) -> Verdict {
        guard let defect = ValueCheck.defect(of: text, type: type) else {
            return rule.junk.contains(text) ? .junk(defect: "wrong_prefix") : .valid
        }
        for exception in exceptions {
            let values = record[exception.field]?.texts ?? []
            if values.contains(where: exception.values.contains) { return .valid }
        }
        return rule.junk.contains(text) ? .junk(defect: defect) : .invalid(defect: defect)
    }
}
