public import Records
public import Sandbox

#if canImport(Glibc)
    internal import Glibc
#endif

/// The processor time that this process has used so far, in seconds.
public func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The most memory that this process has had, in megabytes.
public func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1_024
}

/// Plays both systems until the process is killed.
///
/// - Parameters:
///   - options: What to play.
///   - line: What to print once it is reachable, for the one who waits for it.
/// - Throws: What kept the sandbox from starting.
public func serve(_ options: SandboxOptions, line: (SandboxAddresses) -> String) async throws {
    let sandbox = Sandbox(options)
    print(line(try await sandbox.start()))
    fflush(nil)
    try await Task.sleep(for: .seconds(3_600))
    await sandbox.stop()
}

/// Runs one reading and prints what it took: records, requests, megabytes, wall and processor time,
/// processor time per record, and the peak of resident memory so far.
///
/// - Parameters:
///   - entity: What is read.
///   - reading: Reads it.
/// - Throws: What `reading` throws.
public func measure(_ entity: EntityName, _ reading: () async throws -> Certificate) async throws {
    let clock = ContinuousClock()
    let (start, begin) = (processorSeconds(), clock.now)
    let certificate = try await reading()
    let (spent, wall) = (processorSeconds() - start, clock.now - begin)
    let tenths = Int((spent * 1e7 / Double(max(1, certificate.deliveredCount))).rounded())
    print(
        "\(entity): \(certificate.deliveredCount) records, \(certificate.requests) requests "
            + "(refused: \(certificate.failureCounts)), \(certificate.byteCount / 1_048_576) MB, "
            + "\(wall) wall, \(spent) s processor, \(tenths / 10).\(tenths % 10) µs per record, "
            + "peak \(peakMegabytes()) MB, " + (certificate.isCertified ? "certified" : "in doubt"))
}
