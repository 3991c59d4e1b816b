extension Error {
    /// What is told and kept of an error: what it explains of itself, never more.
    var explained: String {
        if let failure = self as? any ExplainedFailure { return failure.explanation }
        return SystemReason.text(of: self) ?? "\(type(of: self))"
    }
}
