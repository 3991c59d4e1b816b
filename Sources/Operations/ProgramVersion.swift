/// The version of this program, as `--version` prints it and reports carry it.
public enum ProgramVersion {
    /// The version.
    public static let current = "0.1.0"
}
