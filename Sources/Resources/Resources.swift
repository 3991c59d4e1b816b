public import Foundation

/// Where `sql/`, `reports/` and `templates/` lie beside the running program.
public enum Resources {
    /// The folder that holds `sql`, `reports` and `templates` of this build.
    public static var directory: URL { Bundle.module.resourceURL ?? Bundle.module.bundleURL }
}
