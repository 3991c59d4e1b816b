/// A time of the day at which a job runs.
struct DayTime: Hashable {
    var hour: Int
    var minute: Int

    /// Every day at this time, as cron writes it.
    var cron: String { "\(minute) \(hour) * * *" }

    /// Reads `3`, `03:00` or `23:30`.
    init(_ answer: String) throws(Complaint) {
        let parts = answer.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.allSatisfy(\.isASCII) ? UInt8($0) : nil }.map(Int.init)
        guard numbers.count == parts.count, (1...2).contains(parts.count), numbers[0] < 24,
            numbers.count == 1 || numbers[1] < 60 && parts[1].count == 2
        else { throw Complaint(.complaintHour) }
        (hour, minute) = (numbers[0], numbers.count == 2 ? numbers[1] : 0)
    }
}
