/// What the headers of a dataset's four files say, found to fit together.
struct DatasetShape {
    /// Shape of one image, such as [28, 28].
    let image: [Int]
    let trainCount: Int
    let testCount: Int

    /// - Parameters:
    ///   - shapes: of all four files.
    ///   - paths: where the files lie, for messages.
    /// - Throws: `DatasetError` if counts or shapes differ, a rank is wrong or there are no images.
    init(of shapes: [DatasetFile: [Int]], at paths: [DatasetFile: String]) throws(DatasetError) {
        func path(_ file: DatasetFile) -> String { paths[file] ?? file.name }
        func part(_ images: DatasetFile, _ labels: DatasetFile) throws(DatasetError) -> [Int] {
            guard let imagesShape = shapes[images], let labelsShape = shapes[labels] else {
                preconditionFailure("no \(images.name) or \(labels.name) among the shapes")
            }
            guard imagesShape.count >= 2, let imageCount = imagesShape.first else {
                throw DatasetError(path: path(images), problem: .notImages(shape: imagesShape))
            }
            guard labelsShape.count == 1, let labelCount = labelsShape.first else {
                throw DatasetError(path: path(labels), problem: .notLabels(shape: labelsShape))
            }
            guard imageCount == labelCount else {
                let problem = DatasetError.Problem.countsDiffer(
                    images: imageCount, labels: labelCount, labelsPath: path(labels))
                throw DatasetError(path: path(images), problem: problem)
            }
            guard elementCount(of: imagesShape) != 0 else { throw DatasetError(path: path(images), problem: .empty) }
            return imagesShape
        }
        let train = try part(.trainImages, .trainLabels)
        let test = try part(.testImages, .testLabels)
        guard train.dropFirst() == test.dropFirst() else {
            let problem = DatasetError.Problem.imageShapesDiffer(
                shape: Array(test.dropFirst()), other: Array(train.dropFirst()), otherPath: path(.trainImages))
            throw DatasetError(path: path(.testImages), problem: problem)
        }
        image = Array(train.dropFirst())
        (trainCount, testCount) = (train[0], test[0])
    }
}
