internal import Foundation

/// The system's own words for an error of a file or a stream, without its path.
public enum SystemReason {
    /// The words: `No space left on device`.
    ///
    /// - Parameter error: The error.
    /// - Returns: The words; `nil` when it is none of the system's.
    public static func text(of error: any Error) -> String? {
        let outer = error as NSError
        let underlying = outer.userInfo[NSUnderlyingErrorKey] as? any Error
        let error = underlying.map { $0 as NSError } ?? outer
        if error.domain == NSPOSIXErrorDomain {
            return String(cString: strerror(Int32(error.code)))
        }
        guard let code = (outer as? CocoaError)?.code else { return nil }
        return switch code {
        case .fileWriteOutOfSpace: String(cString: strerror(ENOSPC))
        case .fileWriteNoPermission, .fileReadNoPermission: String(cString: strerror(EACCES))
        case .fileNoSuchFile, .fileReadNoSuchFile: String(cString: strerror(ENOENT))
        case .fileWriteVolumeReadOnly: String(cString: strerror(EROFS))
        default: nil
        }
    }

    /// The words with the place: `/srv/out.csv: Permission denied`.
    ///
    /// - Parameter error: The error.
    /// - Returns: The sentence; `nil` when it is none of the system's.
    public static func sentence(of error: any Error) -> String? {
        guard let reason = text(of: error) else { return nil }
        guard let path = (error as? CocoaError)?.filePath else { return reason }
        return "\(path): \(reason)"
    }
}
