public import Records

extension EntityFile {
    /// Writes the fields and the linkage of a definition as a file that ``parse(_:file:)`` reads.
    ///
    /// What a difference means, `reconciliation`, is not written: it is for a person to say.
    ///
    /// - Parameter entity: The definition.
    /// - Returns: YAML text.
    public static func text(of entity: EntityDefinition) -> String {
        var lines = [
            "entity: \(quoted(entity.name.rawValue))", "title: \(text(of: entity.title))",
            "id_headers: \(list(entity.idHeaders))", "", "fields:",
        ]
        for field in entity.fields {
            var parts = ["type: \(field.type.rawValue)"]
            if field.isMultiple { parts.append("multiple: true") }
            if field.isPersonal { parts.append("personal: true") }
            if field.isIncidental { parts.append("incidental: true") }
            if field.isJoined { parts.append("joined: true") }
            if field.mayBeID { parts.append("may_be_id: true") }
            parts.append("title: \(text(of: field.title))")
            if let entity = field.refersTo {
                parts.append("refers_to: \(quoted(entity.rawValue))")
            }
            if !field.headers.isEmpty { parts.append("headers: \(list(field.headers))") }
            if field.isMandatory { parts.append("mandatory: true") }
            if !field.currencyHeaders.isEmpty {
                parts.append("currency_headers: \(list(field.currencyHeaders))")
            }
            if !field.lineHeaders.isEmpty {
                parts.append("line_headers: \(text(of: field.lineHeaders))")
            }
            if let file = field.lineFile {
                let document = list(file.documentHeaders)
                parts.append("line_file: {name: \(quoted(file.name)), document: \(document)}")
            }
            lines.append("  \(quoted(field.name.rawValue)): {\(parts.joined(separator: ", "))}")
        }
        lines += ["", "linkage:"]
        lines += section("explicit", entity.linkage.explicitLinks.map(text))
        lines += section("rules", entity.linkage.rules.map(text))
        lines += section("distinct", entity.linkage.distinctions.map(text))
        lines += section("comparisons", entity.linkage.comparisons?.map(text) ?? [])
        lines += section("blocking", entity.linkage.blocking?.map(text) ?? [])
        if entity.linkage.assignment != .oneToOne {
            lines.append("  assignment: \(entity.linkage.assignment.rawValue)")
        }
        if entity.linkage.zones != DecisionZones() {
            let zones = entity.linkage.zones
            lines.append(
                "  zones: {precision: \(zones.targetPrecision), review: \(zones.leastReview)}")
        }
        if lines.last == "linkage:" { lines.removeLast(2) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ name: String, _ items: [String]) -> [String] {
        items.isEmpty ? [] : ["  \(name):"] + items.map { "    - \($0)" }
    }

    private static func text(_ link: ExplicitLink) -> String {
        func text(_ operand: ExplicitLink.Operand) -> String {
            switch operand {
            case .id: "$id"
            case .field(let name): quoted(name.rawValue)
            }
        }
        return "{left: \(text(link.left)), right: \(text(link.right))}"
    }

    private static func text(_ rule: KeyRule) -> String {
        var parts = ["name: \(quoted(rule.name))", "same: \(list(rule.same))"]
        if !rule.compatible.isEmpty { parts.append("compatible: \(list(rule.compatible))") }
        if rule.isUnique { parts.append("unique: true") }
        if let least = rule.leastOtherEvidence { parts.append("evidence: \(least)") }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func text(_ distinction: Distinction) -> String {
        var parts = [
            "same: \(list(distinction.same))", "different: \(list(distinction.different))",
        ]
        if let least = distinction.overruledBy { parts.append("overruled_by: \(least)") }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func text(_ comparison: ComparisonDefinition) -> String {
        var parts = [
            "name: \(quoted(comparison.name))", "fields: \(list(comparison.fields))",
            "method: \(comparison.method.rawValue)",
        ]
        if !comparison.thresholds.isEmpty {
            let levels = comparison.thresholds.map { String($0) }.joined(separator: ", ")
            parts.append("levels: [\(levels)]")
        }
        if !comparison.usesTermFrequency { parts.append("term_frequency: false") }
        if let field = comparison.impliedBy {
            parts.append("implied_by: \(quoted(field.rawValue))")
        }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func text(_ rule: BlockingRule) -> String {
        let keys = "[" + rule.keys.map { quoted($0.name) }.joined(separator: ", ") + "]"
        return rule.largestBlock.map { "{keys: \(keys), largest: \($0)}" } ?? keys
    }

    private static func text(of text: LocalizedText) -> String {
        let parts = text.byLanguage.sorted { $0.key < $1.key }
            .map { "\(quoted($0.key)): \(quoted($0.value))" }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func text(of headers: [LinesMapping.Part: [String]]) -> String {
        let parts = LinesMapping.Part.allCases.compactMap { part in
            headers[part].map { "\(part.rawValue): \(list($0))" }
        }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func list(_ names: [FieldName]) -> String { list(names.map(\.rawValue)) }

    private static func list(_ texts: [String]) -> String {
        "[" + texts.map(quoted).joined(separator: ", ") + "]"
    }

    /// A scalar in double quotes, unless it is a plain word.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            text.utf8.first.map { ($0 >= 97 && $0 <= 122) } == true
            && text.utf8.allSatisfy {
                ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 95
            }
            && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(text)
        if isPlain { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 32:
                let code = String(scalar.value, radix: 16)
                quoted += "\\x" + (code.count < 2 ? "0" : "") + code
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
