import ArgumentParser
import Sandbox

/// How large a sandbox a command may be asked for.
enum SandboxSize {
    static let help = ArgumentHelp(
        "Counterparties on each side, about; from \(WorldOptions.sizes.lowerBound) to "
            + "\(WorldOptions.sizes.upperBound).")

    /// Refuses a size that no world can have.
    static func check(_ size: Int) throws {
        guard WorldOptions.sizes.contains(size) else {
            throw ValidationError(
                "--size is a number from \(WorldOptions.sizes.lowerBound) to "
                    + "\(WorldOptions.sizes.upperBound)")
        }
    }
}
