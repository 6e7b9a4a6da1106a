import Analysis

extension MeasureClusters {
    /// As rows for a person or a script: clusters of two and more, largest first, then what stands alone.
    var table: Table {
        var table = Table([
            "cluster", Table.Column("measures"), Table.Column("least_size", format: .fixed(2)), "members",
        ])
        let groups = clusters.filter { $0.measures.count > 1 }
            .enumerated().sorted { (-$0.element.measures.count, $0.offset) < (-$1.element.measures.count, $1.offset) }
        for (_, cluster) in groups {
            table.append([
                .text(cluster.name), .integer(cluster.measures.count), Cell(cluster.leastSize),
                .text(cluster.measures.joined(separator: ", ")),
            ])
        }
        let alone = clusters.filter { $0.measures.count == 1 }.flatMap(\.measures)
        if !alone.isEmpty {
            table.append([
                .text("each alone"), .integer(alone.count), .missing, .text(alone.joined(separator: ", ")),
            ])
        }
        return table
    }
}
