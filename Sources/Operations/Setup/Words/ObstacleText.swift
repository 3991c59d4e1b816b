internal import Collection

/// Says in a person's language what keeps a system from being read.
struct ObstacleText {
    private let words: SetupWords

    init(_ words: SetupWords) { self.words = words }

    /// Why an entity is not to be had.
    func text(of obstacle: Obstacle) -> String {
        switch obstacle {
        case .notMapped(let mapping): words.text(.reasonNotMapped, ["mapping": mapping])
        case .noFile(let folder): words.text(.reasonNoFile, ["folder": folder])
        case .noRecords(let folder): words.text(.reasonNoRecords, ["folder": folder])
        case .unfit(let detail): words.text(.reasonUnfit, ["detail": Self.inside(detail)])
        }
    }

    /// Why a system could not be asked: the kind of it in words, the system's own message behind.
    func reason(of error: any Error) -> String {
        let detail = error.explained
        guard let error = error as? CollectionError else { return detail }
        let text: SetupText =
            switch error.kind {
            case .unreachable: .reasonUnreachable
            case .refused: .reasonRefused
            case .malformed: .reasonMalformed
            case .limited: .reasonLimited
            case .misconfigured: .reasonMisconfigured
            }
        return words.text(text, ["detail": Self.inside(detail)])
    }

    /// A message as it stands in brackets: the sentence goes on behind it.
    private static func inside(_ message: String) -> String {
        message.hasSuffix(".") ? String(message.dropLast()) : message
    }
}
