internal import Definitions
internal import Records

/// Reads a rule from a YAML file.
public enum AlertRuleFile {
    /// Reads a rule.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - file: Its name, for errors; the rule's name is that of the file.
    ///   - name: The rule's name.
    /// - Returns: The rule.
    /// - Throws: ``AlertRuleError`` with line and column of what is not right.
    public static func parse(
        _ text: String, file: String, name: String
    ) throws(AlertRuleError) -> AlertRule {
        do throws(DefinitionError) {
            return try rule(YAMLNode(parsing: text, file: file), name)
        } catch {
            throw AlertRuleError(description: error.description)
        }
    }

    private static func rule(
        _ root: YAMLNode, _ name: String
    ) throws(DefinitionError) -> AlertRule {
        try root.allow(keys: [
            "rule", "title", "advice", "measure", "period", "labels", "group_by", "at_least",
            "spike", "severity", "hold", "calm_periods", "repeat", "cause", "inhibited_by",
        ])
        let written = try root.required("rule").text()
        guard written == name else {
            throw try root.required("rule").error(
                "the rule is named '\(written)' but its file '\(name)'; they must be the same")
        }
        let measure = try root.required("measure").choice(of: AlertMeasure.self)
        let period = try period(root, measure)
        var labels: [String: String] = [:]
        for (key, value) in try root.optional("labels")?.pairs() ?? [] {
            labels[try label(key.value, key.node, measure)] = try value.text()
        }
        var groupBy: [String] = []
        for item in try root.optional("group_by")?.items() ?? [] {
            groupBy.append(try label(item.text(), item, measure))
        }
        let usual = AlertRule.Repetition()
        return AlertRule(
            name: name, title: try localized(root.required("title")),
            advice: try localized(root.required("advice")), measure: measure, period: period,
            labels: labels, groupBy: groupBy,
            condition: try condition(root, measure, period),
            severity: try root.optional("severity")?.choice(of: AlertSeverity.self) ?? .warning,
            hold: try root.optional("hold").map(hold) ?? AlertRule.Hold(),
            calmPeriods: try root.optional("calm_periods").map(positive) ?? 2,
            repetition: try root.optional("repeat").map { node throws(DefinitionError) in
                try repetition(node, usual)
            } ?? usual,
            cause: try root.optional("cause")?.text(),
            inhibitedBy: try root.optional("inhibited_by")?.texts() ?? [])
    }

    private static func period(
        _ root: YAMLNode, _ measure: AlertMeasure
    ) throws(DefinitionError) -> AlertPeriod {
        guard let node = try root.optional("period") else { return measure.periods[0] }
        let period = try node.choice(of: AlertPeriod.self)
        guard measure.periods.contains(period) else {
            let known = measure.periods.map(\.rawValue).sorted().joined(separator: ", ")
            throw node.error("\(measure.rawValue) is measured by: \(known)")
        }
        return period
    }

    private static func label(
        _ name: String, _ node: YAMLNode, _ measure: AlertMeasure
    ) throws(DefinitionError) -> String {
        guard measure.labels.contains(name) else {
            throw node.error(
                "\(measure.rawValue) has no label '\(name)'; it has: "
                    + measure.labels.joined(separator: ", "))
        }
        return name
    }

    private static func condition(
        _ root: YAMLNode, _ measure: AlertMeasure, _ period: AlertPeriod
    ) throws(DefinitionError) -> AlertCondition {
        switch (try root.optional("at_least"), try root.optional("spike")) {
        case (let limit?, nil): return .atLeast(Int64(try positive(limit)))
        case (nil, let spike?):
            guard period != .moment else {
                throw spike.error(
                    "\(measure.rawValue) is how things stand now, which has no usual; use at_least")
            }
            return .spike(try self.spike(spike))
        case (_?, let spike?): throw spike.error("'at_least' and 'spike' exclude each other")
        case (nil, nil): throw root.error("'at_least' or 'spike' is missing here")
        }
    }

    private static func spike(_ node: YAMLNode) throws(DefinitionError) -> SpikeTest {
        try node.allow(keys: ["deviations", "ratio", "minimum"])
        let usual = SpikeTest()
        return SpikeTest(
            deviationTenths: try node.optional("deviations").map(tenths) ?? usual.deviationTenths,
            ratioTenths: try node.optional("ratio").map(tenths) ?? usual.ratioTenths,
            minimum: try node.optional("minimum").map { node throws(DefinitionError) in
                Int64(try positive(node))
            } ?? usual.minimum)
    }

    private static func hold(_ node: YAMLNode) throws(DefinitionError) -> AlertRule.Hold {
        try node.allow(keys: ["breaches", "of"])
        let breaches = try positive(node.required("breaches"))
        let of = try positive(node.required("of"))
        guard breaches <= of, of <= 100 else {
            throw node.error(
                "of the last \(of) periods \(breaches) cannot be breaches; N of M, M up to 100")
        }
        return AlertRule.Hold(breaches: breaches, of: of)
    }

    private static func repetition(
        _ node: YAMLNode, _ usual: AlertRule.Repetition
    ) throws(DefinitionError) -> AlertRule.Repetition {
        try node.allow(keys: ["first", "factor", "longest"])
        let found = AlertRule.Repetition(
            first: try node.optional("first").map(seconds) ?? usual.first,
            factor: try node.optional("factor")?.number() ?? usual.factor,
            longest: try node.optional("longest").map(seconds) ?? usual.longest)
        guard found.factor >= 1, found.first > 0, found.longest >= found.first else {
            throw node.error(
                "pauses must not get shorter: factor at least 1, longest at least first")
        }
        return found
    }

    private static func tenths(_ node: YAMLNode) throws(DefinitionError) -> Int64 {
        let number = try node.number()
        guard (0...10_000).contains(number) else { throw node.error("expected 0 to 10000") }
        return Int64((number * 10).rounded())
    }

    private static func positive(_ node: YAMLNode) throws(DefinitionError) -> Int {
        let number = try node.integer()
        guard number > 0 else { throw node.error("expected a whole number above zero") }
        return number
    }

    private static func seconds(_ node: YAMLNode) throws(DefinitionError) -> Double {
        let text = try node.text()
        let units: [Character: Double] = ["m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            (1...10_000).contains(number)
        else { throw node.error("expected a duration such as 30m, 4h or 2d") }
        return Double(number) * unit
    }

    private static func localized(_ node: YAMLNode) throws(DefinitionError) -> LocalizedText {
        try node.allow(keys: ["ru", "en"])
        return LocalizedText([
            "ru": try node.required("ru").text(), "en": try node.required("en").text(),
        ])
    }
}

/// What is not right in a rule's file.
public struct AlertRuleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// File, line, column, and what would be right.
    public var description: String
}
