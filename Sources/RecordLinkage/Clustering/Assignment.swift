/// The one-to-one assignment of the greatest total weight between two sides of a graph.
///
/// Links that are decided one after another, the strongest first, take records away from pairs that
/// together weigh more: where `a–x` weighs 9 and `a–y` and `b–x` 8 each, the first leaves `b` and `y`
/// alone. That the whole is weighed is due to M. A. Jaro, "Advances in record-linkage methodology as
/// applied to matching the 1985 Census of Tampa, Florida", JASA 84 (1989), pp. 414–420. Log odds
/// add up, so the assignment found is the most probable one.
///
/// The method is that of shortest augmenting paths over dual prices (H. W. Kuhn, 1955; R. Jonker and
/// A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
/// problems", Computing 38, 1987): a left node takes its best right one at the present prices, or,
/// where that is taken, the cheapest chain of changes is looked for by E. W. Dijkstra's search. Weights
/// are whole numbers, so that sums are exact and a tie is a tie.
struct Assignment {
    /// A pair that may be assigned, of a weight above nought.
    struct Edge {
        var left: Int32
        var right: Int32
        var weight: Int64
    }

    /// For each left node its right one, −1 for none.
    private(set) var rightOfLeft: [Int32]
    /// The same the other way round.
    private(set) var leftOfRight: [Int32]
    /// Whether the total is the greatest; otherwise the search was given up, and the strongest pairs
    /// were taken first.
    private(set) var isBest = true

    let graph: Graph
    /// What a left node, and a right node, adds to the total; edges weigh no more than both.
    private(set) var leftPrice: [Int64]
    private(set) var rightPrice: [Int64]

    /// Finds the assignment.
    ///
    /// - Parameters:
    ///   - leftCount: How many left nodes there are.
    ///   - rightCount: How many right nodes.
    ///   - edges: Each pair once, in any order.
    ///   - mostSteps: So many edges are looked at before the search is given up.
    /// - Complexity: O(left · edges · log edges) at worst, O(edges) where few contend.
    init(leftCount: Int, rightCount: Int, edges: [Edge], mostSteps: Int) {
        graph = Graph(leftCount: leftCount, edges: edges)
        rightOfLeft = [Int32](repeating: -1, count: leftCount)
        leftOfRight = [Int32](repeating: -1, count: rightCount)
        leftPrice = [Int64](repeating: 0, count: leftCount)
        rightPrice = [Int64](repeating: 0, count: rightCount)
        var search = Search(leftCount: leftCount, rightCount: rightCount)
        for left in 0..<leftCount {
            augment(from: left, &search)
            if search.steps > mostSteps {
                isBest = false
                takeStrongest(edges)
                return
            }
        }
    }

    /// The sum of the weights of all assigned pairs.
    var total: Int64 {
        var total: Int64 = 0
        for left in rightOfLeft.indices {
            for place in graph.range(left) where graph.right[place] == rightOfLeft[left] {
                total += graph.weight[place]
            }
        }
        return total
    }

    /// The strongest first, ties by the lower nodes.
    private mutating func takeStrongest(_ edges: [Edge]) {
        for index in rightOfLeft.indices { rightOfLeft[index] = -1 }
        for index in leftOfRight.indices { leftOfRight[index] = -1 }
        let sorted = edges.sorted {
            $0.weight != $1.weight
                ? $0.weight > $1.weight : ($0.left, $0.right) < ($1.left, $1.right)
        }
        for edge in sorted
        where rightOfLeft[Int(edge.left)] < 0 && leftOfRight[Int(edge.right)] < 0 {
            rightOfLeft[Int(edge.left)] = edge.right
            leftOfRight[Int(edge.right)] = edge.left
        }
    }

    // MARK: One chain of changes

    /// Gives a left node a right one, or none, by the cheapest chain of changes.
    private mutating func augment(from start: Int, _ search: inout Search) {
        search.begin(start)
        var price: Int64 = 0
        for place in graph.range(start) {
            price = max(price, graph.weight[place] - rightPrice[Int(graph.right[place])])
        }
        leftPrice[start] = price
        // The cheapest end so far: a left node that stays alone.
        var (alone, end) = (start, price)
        var reached = -1
        var next: (node: Int, cost: Int64)? = (start, 0)
        while let (left, cost) = next {
            search.steps += graph.range(left).count
            for place in graph.range(left) {
                let right = Int(graph.right[place])
                let slack = leftPrice[left] + rightPrice[right] - graph.weight[place]
                search.offer(right, cost: cost + slack, from: left)
            }
            next = nil
            guard let (right, cost) = search.nearest(), cost <= end else { break }
            let holder = Int(leftOfRight[right])
            if holder < 0 {
                (reached, end) = (right, cost)
                break
            }
            search.settle(right, holder: holder, cost: cost)
            if cost + leftPrice[holder] < end {
                (alone, end) = (holder, cost + leftPrice[holder])
            }
            next = (holder, cost)
        }
        move(search, by: end)
        change(search, reached: reached, alone: alone)
    }

    /// Moves the prices of all nodes passed, so that every edge of the chain is tight.
    private mutating func move(_ search: Search, by end: Int64) {
        for (left, cost) in search.lefts where cost < end { leftPrice[left] -= end - cost }
        for (right, cost) in search.rights where cost < end { rightPrice[right] += end - cost }
    }

    /// Changes the pairs along the chain, from its end back to its start.
    private mutating func change(_ search: Search, reached: Int, alone: Int) {
        var right = reached
        if reached < 0 {
            // The one who stays alone gives its right node to the chain.
            right = Int(rightOfLeft[alone])
            rightOfLeft[alone] = -1
        }
        while right >= 0 {
            let left = Int(search.from[right])
            let given = rightOfLeft[left]
            rightOfLeft[left] = Int32(right)
            leftOfRight[right] = Int32(left)
            right = Int(given)
        }
    }

    /// Dijkstra's search, its memory used again from node to node.
    private struct Search {
        private var heap: [(cost: Int64, right: Int32)] = []
        private var best: [Int64]
        private var isSettled: [Bool]
        private(set) var from: [Int32]
        private(set) var lefts: [(Int, Int64)] = []
        private(set) var rights: [(Int, Int64)] = []
        private var touched: [Int32] = []
        var steps = 0

        init(leftCount: Int, rightCount: Int) {
            best = [Int64](repeating: .max, count: rightCount)
            isSettled = [Bool](repeating: false, count: rightCount)
            from = [Int32](repeating: -1, count: rightCount)
        }

        mutating func begin(_ left: Int) {
            for right in touched {
                best[Int(right)] = .max
                isSettled[Int(right)] = false
            }
            touched.removeAll(keepingCapacity: true)
            heap.removeAll(keepingCapacity: true)
            rights.removeAll(keepingCapacity: true)
            lefts.removeAll(keepingCapacity: true)
            lefts.append((left, 0))
        }

        mutating func offer(_ right: Int, cost: Int64, from left: Int) {
            guard cost < best[right] else { return }
            if best[right] == .max { touched.append(Int32(right)) }
            best[right] = cost
            from[right] = Int32(left)
            heap.append((cost, Int32(right)))
            var place = heap.count - 1
            while place > 0, heap[place] < heap[(place - 1) / 2] {
                heap.swapAt(place, (place - 1) / 2)
                place = (place - 1) / 2
            }
        }

        /// The nearest right node that is not settled; taken out.
        mutating func nearest() -> (right: Int, cost: Int64)? {
            while let top = heap.first {
                let last = heap.removeLast()
                if !heap.isEmpty {
                    heap[0] = last
                    sink()
                }
                let right = Int(top.right)
                if !isSettled[right], best[right] == top.cost { return (right, top.cost) }
            }
            return nil
        }

        mutating func settle(_ right: Int, holder: Int, cost: Int64) {
            isSettled[right] = true
            rights.append((right, cost))
            lefts.append((holder, cost))
        }

        private mutating func sink() {
            var place = 0
            while true {
                var least = place
                for child in [2 * place + 1, 2 * place + 2]
                where child < heap.count && heap[child] < heap[least] { least = child }
                if least == place { return }
                heap.swapAt(place, least)
                place = least
            }
        }
    }

    /// The edges of each left node.
    struct Graph {
        private var starts: [Int32]
        private(set) var right: [Int32]
        private(set) var weight: [Int64]

        init(leftCount: Int, edges: [Edge]) {
            var starts = [Int32](repeating: 0, count: leftCount + 1)
            for edge in edges { starts[Int(edge.left) + 1] += 1 }
            for left in 0..<leftCount { starts[left + 1] += starts[left] }
            let sorted = edges.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
            self.starts = starts
            right = sorted.map(\.right)
            weight = sorted.map(\.weight)
        }

        func range(_ left: Int) -> Range<Int> { Int(starts[left])..<Int(starts[left + 1]) }
    }
}
