extension Assignment {
    /// For each left node, the right nodes that another assignment of the same total gives it.
    ///
    /// Every best assignment uses only edges that weigh exactly what both ends' prices say. Another
    /// one differs along cycles of such edges, in and out of the assignment in turn, or along chains
    /// that end at nodes without a price; a node that stands for "nobody" closes those chains. So a
    /// pair can be exchanged when its ends lie in one strongly connected part of that graph
    /// (R. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1, 1972).
    ///
    /// - Returns: Right nodes by left node, in order; −1 stands for nobody. Nodes without a choice are
    ///   left out; empty where the assignment is not known to be best.
    /// - Complexity: O(nodes + edges).
    func ties() -> [Int: [Int]] {
        guard isBest else { return [:] }
        let (lefts, rights) = (rightOfLeft.count, leftOfRight.count)
        let nobody = lefts + rights
        // Left to right by tight edges outside the assignment, back along those within it.
        var next = [[Int]](repeating: [], count: lefts + rights + 1)
        for left in 0..<lefts {
            for place in graph.range(left) {
                let right = Int(graph.right[place])
                guard leftPrice[left] + rightPrice[right] == graph.weight[place] else { continue }
                if rightOfLeft[left] == Int32(right) {
                    next[lefts + right].append(left)
                } else {
                    next[left].append(lefts + right)
                }
            }
            guard leftPrice[left] == 0 else { continue }
            if rightOfLeft[left] < 0 {
                next[nobody].append(left)
            } else {
                next[left].append(nobody)
            }
        }
        for right in 0..<rights where rightPrice[right] == 0 {
            if leftOfRight[right] < 0 {
                next[lefts + right].append(nobody)
            } else {
                next[nobody].append(lefts + right)
            }
        }
        let part = Self.strongParts(next)
        var ties: [Int: [Int]] = [:]
        for left in 0..<lefts {
            var choices: [Int] = []
            for other in next[left] where part[other] == part[left] {
                choices.append(other == nobody ? -1 : other - lefts)
            }
            if !choices.isEmpty { ties[left] = choices.sorted() }
        }
        return ties
    }

    /// The number of each node's strongly connected part; no recursion, as chains can be long.
    private static func strongParts(_ next: [[Int]]) -> [Int] {
        var order = [Int](repeating: -1, count: next.count)
        // Each made by itself: see ``BandedEditDistance``.
        var low = [Int](repeating: -1, count: next.count)
        var part = [Int](repeating: -1, count: next.count)
        var stack: [Int] = []
        var counter = 0
        for root in next.indices where order[root] < 0 {
            var path: [(node: Int, place: Int)] = [(root, 0)]
            while let (node, place) = path.last {
                if place == 0 {
                    order[node] = counter
                    low[node] = counter
                    counter += 1
                    stack.append(node)
                }
                if place < next[node].count {
                    path[path.count - 1].place += 1
                    let other = next[node][place]
                    if order[other] < 0 {
                        path.append((other, 0))
                    } else if part[other] < 0 {
                        low[node] = min(low[node], order[other])
                    }
                    continue
                }
                path.removeLast()
                if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
                guard low[node] == order[node] else { continue }
                while let member = stack.popLast() {
                    part[member] = node
                    if member == node { break }
                }
            }
        }
        return part
    }
}
