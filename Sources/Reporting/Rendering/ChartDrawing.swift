internal import Foundation

/// A chart as SVG, for pages.
struct ChartDrawing {
    private let chart: ChartData
    private let values: ValueWriter
    /// Room for numbers, the title and names around what is drawn.
    private let left = 90.0
    private let top = 34.0
    private let bottom = 46.0

    init(_ chart: ChartData, _ values: ValueWriter) {
        self.chart = chart
        self.values = values
    }

    /// The drawing; empty when there is nothing to draw.
    var svg: String {
        guard !chart.isBlank else { return "" }
        let (width, height) = (Double(chart.width), Double(chart.height))
        var svg = "<svg viewBox=\"0 0 \(chart.width) \(chart.height)\" width=\"\(chart.width)\" "
        svg += "role=\"img\" aria-label=\"\(HTMLText.escaped(chart.title))\">\n"
        svg += text(chart.title, 10, 18, "start", " font-weight=\"600\"")
        switch chart.kind {
        case .bar: svg += bars(width, height)
        case .column, .line, .waterfall: svg += standing(width, height)
        }
        return svg + "</svg>\n"
    }

    /// Bars lying on their side, each with its name and its number.
    private func bars(_ width: Double, _ height: Double) -> String {
        let numbers = numbers(of: chart.values[0])
        let greatest = max(numbers.compactMap { $0.map(abs) }.max() ?? 0, .leastNonzeroMagnitude)
        let step = (height - top) / Double(numbers.count)
        var svg = ""
        for (row, number) in numbers.enumerated() {
            let y = top + Double(row) * step
            let length = abs(number ?? 0) / greatest * (width - 330)
            svg += text(name(row), 190, y + step / 2 + 4, "end")
            svg += rectangle(200, y + step * 0.15, length, step * 0.7, color(0))
            svg += text(shown(row, chart.values[0]), 206 + length, y + step / 2 + 4, "start")
        }
        return svg
    }

    /// Columns, lines and waterfalls, over names that stand below.
    private func standing(_ width: Double, _ height: Double) -> String {
        let count = chart.table.rows.count
        let waterfall = chart.kind == .waterfall ? WaterfallSteps(column(chart.values[0])) : nil
        let series = chart.values.map(numbers)
        let ends =
            waterfall.map { steps in
                steps.steps.flatMap {
                    [Double($0.low), Double($0.high)].map { $0 / pow(10, Double(steps.scale)) }
                }
            } ?? series.flatMap { $0.compactMap(\.self) }
        let lines = Self.lines(min(0, ends.min() ?? 0), max(0, ends.max() ?? 0))
        let (low, high) = (lines.first ?? 0, lines.last ?? 1)
        let span = high - low
        let (plotWidth, plotHeight) = (width - left - 20, height - top - bottom)
        func y(_ number: Double) -> Double { top + (high - number) / span * plotHeight }
        let step = plotWidth / Double(count)
        var svg = ""
        for number in lines {
            svg +=
                "<line x1=\"\(fixed(left))\" x2=\"\(fixed(width - 20))\" y1=\"\(fixed(y(number)))\" "
            svg += "y2=\"\(fixed(y(number)))\" stroke=\"#8884\"/>\n"
            svg += text(axis(number), left - 8, y(number) + 4, "end")
        }
        // Not more names than can be read.
        let every = max(1, Int((Double(count) * 80 / plotWidth).rounded(.up)))
        for row in stride(from: 0, to: count, by: every) {
            let room = Int(step * Double(every) / 7)
            for (line, part) in Self.lines(of: name(row), length: room).enumerated() {
                svg += text(
                    part, left + (Double(row) + 0.5) * step,
                    height - bottom + 18 + Double(line) * 14, "middle")
            }
        }
        if let waterfall {
            let unit = pow(10, Double(waterfall.scale))
            for (row, bar) in waterfall.steps.enumerated() {
                let (a, b) = (y(Double(bar.high) / unit), y(Double(bar.low) / unit))
                let fill =
                    switch bar.meaning {
                    case .rise: "#e07b00"
                    case .fall: "#2a9d8f"
                    case .total: "#4a6fa5"
                    }
                svg += rectangle(left + (Double(row) + 0.15) * step, a, step * 0.7, b - a, fill)
                let number =
                    bar.meaning == .total
                    ? axis(Double(bar.high) / unit) : shown(row, chart.values[0])
                svg += text(number, left + (Double(row) + 0.5) * step, a - 4, "middle")
            }
        } else if chart.kind == .line {
            for (index, numbers) in series.enumerated() {
                let points = numbers.enumerated().compactMap { row, number in
                    number.map { "\(fixed(left + (Double(row) + 0.5) * step)),\(fixed(y($0)))" }
                }
                svg += "<polyline fill=\"none\" stroke=\"\(color(index))\" stroke-width=\"2\" "
                svg += "points=\"\(points.joined(separator: " "))\"/>\n"
            }
        } else {
            let bar = step * 0.8 / Double(series.count)
            for (index, numbers) in series.enumerated() {
                for (row, number) in numbers.enumerated() {
                    guard let number else { continue }
                    let x = left + (Double(row) + 0.1) * step + Double(index) * bar
                    let (a, b) = (y(max(0, number)), y(min(0, number)))
                    svg += rectangle(x, a, bar, b - a, color(index))
                }
            }
        }
        return svg + legend(width, height)
    }

    /// A name in two lines at most, parted between words.
    private static func lines(of name: String, length: Int) -> [String] {
        guard name.count > length else { return [name] }
        var lines = [""]
        for word in name.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + word.count < length || lines.count == 2 {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// Round numbers for the lines of a grid, around two numbers that differ or not.
    private static func lines(_ low: Double, _ high: Double) -> [Double] {
        guard high > low else { return [0, 1] }
        let rough = (high - low) / 4
        let power = pow(10, floor(log10(rough)))
        let step = ([1, 2, 5, 10].first { $0 * power >= rough } ?? 10) * power
        let (first, last) = (Int(floor(low / step)), Int(ceil(high / step)))
        return (first...last).map { Double($0) * step }
    }

    private func legend(_ width: Double, _ height: Double) -> String {
        guard chart.kind != .waterfall, chart.seriesNames.count > 1 else { return "" }
        var (svg, x) = ("", left)
        for (index, name) in chart.seriesNames.enumerated() {
            svg += rectangle(x, height - 16, 12, 12, color(index))
            svg += text(name, x + 17, height - 6, "start")
            x += 40 + Double(name.count) * 7
        }
        return svg
    }

    private func column(_ source: Grid.Source) -> [ReportValue] {
        chart.table.rows.map { $0[source.index] }
    }

    private func numbers(of source: Grid.Source) -> [Double?] { column(source).map(\.number) }

    private func name(_ row: Int) -> String { shown(row, chart.names) }

    private func shown(_ row: Int, _ source: Grid.Source) -> String {
        let values = chart.table.rows[row]
        return self.values.text(
            values[source.index], source.format,
            ReportRow(columns: chart.table.columns, values: values))
    }

    private func axis(_ number: Double) -> String {
        let source = chart.values[0]
        guard let sample = chart.sample?.decimal else { return "" }
        let units = (number * pow(10, Double(sample.scale))).rounded()
        guard let units = Int64(exactly: units) else { return "" }
        return values.text(
            sample.scale == 0
                ? .integer(units) : .decimal(units: units, scale: sample.scale), source.format, nil)
    }

    private func color(_ index: Int) -> String {
        ["#4a6fa5", "#e07b00", "#2a9d8f", "#8e44ad", "#7f8c8d", "#c0392b"][index % 6]
    }

    private func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ fill: String
    ) -> String {
        "<rect x=\"\(fixed(x))\" y=\"\(fixed(y))\" width=\"\(fixed(width))\" "
            + "height=\"\(fixed(height))\" fill=\"\(fill)\"/>\n"
    }

    private func text(
        _ text: String, _ x: Double, _ y: Double, _ anchor: String, _ more: String = ""
    ) -> String {
        "<text x=\"\(fixed(x))\" y=\"\(fixed(y))\" text-anchor=\"\(anchor)\"\(more)>"
            + HTMLText.escaped(text) + "</text>\n"
    }

    /// A coordinate with one digit after the point, the same in every locale.
    private func fixed(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
