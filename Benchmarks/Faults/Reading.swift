import Collection
import Foundation
import Records
import Synchronization

/// What came of reading one entity from one system.
struct Reading {
    /// The fields of each record.
    var records: [RecordID: [FieldValue?]] = [:]
    /// Ids that were delivered more than once.
    var repeated = 0
    /// Set when the reading came to its end.
    var certificate: Certificate?
    /// Why it did not.
    var failure: (any Error)?

    init(failure: any Error) { self.failure = failure }

    init(of entity: EntityDefinition, _ source: any SnapshotSource) async {
        let delivered = Mutex<[RecordID: [FieldValue?]]>([:])
        let repeated = Mutex(0)
        do {
            certificate = try await source.collect(entity, progress: { _, _ in }) { page in
                for record in page {
                    let old = delivered.withLock {
                        $0.updateValue(record.fields, forKey: record.id)
                    }
                    if old != nil { repeated.withLock { $0 += 1 } }
                }
            }
        } catch {
            failure = error
        }
        records = delivered.withLock { $0 }
        self.repeated = repeated.withLock { $0 }
    }
}
