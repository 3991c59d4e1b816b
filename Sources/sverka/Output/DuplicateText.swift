import RecordLinkage
import Records

/// Whether two records of one side are the same thing, and what speaks for and against it, for a
/// terminal.
struct DuplicateText {
    private let ids: String
    private let side: Side
    private let explanation: LinkageExplanation
    private let areDuplicates: Bool
    private let things: ThingText

    /// - Returns: `nil` when one of the records is not known.
    init?(
        _ explainer: LinkageExplainer, _ side: Side, _ first: RecordID, _ second: RecordID,
        things: [Int64?]
    ) {
        guard let explanation = explainer.explain(side, first, second),
            let areDuplicates = explainer.areDuplicates(side, first, second)
        else { return nil }
        (ids, self.side) = ("\(first) and \(second)", side)
        (self.explanation, self.areDuplicates) = (explanation, areDuplicates)
        self.things = ThingText([first, second], things)
    }

    /// Prints it on standard output.
    func print() {
        let outcome =
            areDuplicates
            ? "\(ids) are held to be one thing on the \(side.rawValue) side"
            : "\(ids) are held to be two things on the \(side.rawValue) side"
        let lines = ExplanationText(explanation).lines.map { "  " + $0 }
        Swift.print(
            ([outcome] + things.lines + ["", "EVIDENCE"] + lines).joined(separator: "\n"))
    }
}
