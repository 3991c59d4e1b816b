/// The steps of a waterfall chart as stacked bars: an invisible one that lifts, and what is seen.
///
/// A bar from `low` to `high` that lies on one side of zero is a base and a piece on top of it; one
/// that crosses zero is two pieces without a base, since charts stack what is above and what is below
/// zero apart.
struct WaterfallSteps {
    /// What a bar says.
    enum Meaning: Hashable {
        case rise, fall, total
    }

    /// One bar.
    struct Step: Hashable {
        var meaning: Meaning
        /// Its lower end, in units of ``WaterfallSteps/scale``.
        var low: Int64
        /// Its upper end.
        var high: Int64

        /// The invisible bar.
        var base: Int64 { low > 0 ? low : high < 0 ? high : 0 }
        /// The piece above zero.
        var above: Int64 { low > 0 ? high - low : max(0, high) }
        /// The piece below zero.
        var below: Int64 { high < 0 ? low - high : min(0, low) }
    }

    let steps: [Step]
    /// Digits after the point.
    let scale: Int

    /// Adds values up; a value that is no number shows the sum so far.
    init(_ values: [ReportValue]) {
        let scale = values.compactMap { $0.decimal?.scale }.max() ?? 0
        var (sum, steps): (Int64, [Step]) = (0, [])
        for value in values {
            guard let number = value.decimal?.rounded(to: scale).units else {
                steps.append(Step(meaning: .total, low: min(0, sum), high: max(0, sum)))
                continue
            }
            let next = sum + number
            steps.append(
                Step(
                    meaning: number < 0 ? .fall : .rise, low: min(sum, next), high: max(sum, next)))
            sum = next
        }
        self.steps = steps
        self.scale = scale
    }
}
