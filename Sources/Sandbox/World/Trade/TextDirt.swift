/// A difference in writing that carries no meaning, small enough to be kept by the million.
enum TextDirt: UInt8, Sendable {
    case none, trailingSpace, doubleSpace, nonBreakingSpace, yoFlattened, decomposed, upperCase

    /// Draws one, most often none.
    static func drawn(share: Double, random: inout RandomSource) -> TextDirt {
        guard random.chance(share) else { return .none }
        return TextDirt(rawValue: UInt8(random.within(1...6))) ?? .none
    }

    /// The text with it.
    func applied(to text: String) -> String {
        // Never drawn from: these kinds have only one way to be done.
        var random = RandomSource(seed: 0)
        return switch self {
        case .none: text
        case .trailingSpace: Dirt.apply(.trailingSpace, to: text, random: &random)
        case .doubleSpace: Dirt.apply(.doubleSpace, to: text, random: &random)
        case .nonBreakingSpace: Dirt.apply(.nonBreakingSpace, to: text, random: &random)
        case .yoFlattened: Dirt.flattenedYo(text)
        case .decomposed: Dirt.apply(.decomposed, to: text, random: &random)
        case .upperCase: text.uppercased()
        }
    }
}
