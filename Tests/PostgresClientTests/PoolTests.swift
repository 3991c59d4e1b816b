import DatabaseTestSupport
import PostgresClient
import Testing

@Suite("Pool") struct PoolTests {
    @Test("never more connections than its size, and each is used again")
    func bounds() async throws {
        try await withTestDatabase { configuration in
            let pool = PostgresPool(configuration: configuration, size: 2)
            let backends = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await pool.withConnection { try await $0.backend() } }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect(backends.count <= 2)
            await pool.close()
        }
    }

    @Test("who asks first is served first")
    func fair() async throws {
        try await withTestDatabase { configuration in
            let pool = PostgresPool(configuration: configuration, size: 1)
            let order = Order()
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection { _ in
                    for number in 0..<5 {
                        group.addTask {
                            try await pool.withConnection { _ in await order.add(number) }
                        }
                        while await pool.waitingCount <= number { await Task.yield() }
                    }
                }
                try await group.waitForAll()
            }
            #expect(await order.numbers == [0, 1, 2, 3, 4])
            await pool.close()
        }
    }

    @Test("waiting can be cancelled, and takes no connection away")
    func cancellable() async throws {
        try await withTestDatabase { configuration in
            let pool = PostgresPool(configuration: configuration, size: 1)
            try await pool.withConnection { _ in
                let task = Task { try await pool.withConnection { _ in } }
                while await pool.waitingCount == 0 { await Task.yield() }
                task.cancel()
                let error = try await failure(of: { try await task.value })
                #expect(error is CancellationError)
            }
            let one = try await pool.withConnection { try await $0.value("SELECT 1").int }
            #expect(one == 1)
            await pool.close()
        }
    }

    @Test("a connection that comes back with a lock or an open transaction is not lent again")
    func dirty() async throws {
        try await withTestDatabase { configuration in
            let pool = PostgresPool(configuration: configuration, size: 1)
            let key = AdvisoryLockKey(1)
            let first = try await pool.withConnection { connection in
                #expect(try await connection.tryAdvisoryLock(key))
                return try await connection.backend()
            }
            let second = try await pool.withConnection { connection in
                try await connection.execute(sql("BEGIN"))
                return try await connection.backend()
            }
            let third = try await pool.withConnection { try await $0.backend() }
            #expect(Set([first, second, third]).count == 3)
            await pool.close()
        }
    }

    @Test("a closed pool refuses, also those who wait")
    func closed() async throws {
        try await withTestDatabase { configuration in
            let pool = PostgresPool(configuration: configuration, size: 1)
            try await pool.withConnection { _ in
                let task = Task { try await pool.withConnection { _ in } }
                while await pool.waitingCount == 0 { await Task.yield() }
                await pool.close()
                let error = try await postgresError(of: { try await task.value })
                #expect(error.kind == .misused)
            }
            let error = try await postgresError(of: { try await pool.withConnection { _ in } })
            #expect(error.kind == .misused)
        }
    }

    private actor Order {
        var numbers: [Int] = []

        func add(_ number: Int) { numbers.append(number) }
    }
}
