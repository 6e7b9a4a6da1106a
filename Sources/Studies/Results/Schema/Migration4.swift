import GRDB

extension Schema {
    /// Schema 4: the figures that a study file asks for, and what it claims. The words for origin and statistic are not
    /// checked here, as they will grow.
    static func addFiguresAndClaims(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE figure (
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    place INTEGER NOT NULL CHECK (place >= 0),
                    name TEXT NOT NULL,
                    definition TEXT NOT NULL CHECK (json_valid(definition)),
                    PRIMARY KEY (study_id, place),
                    UNIQUE (study_id, name)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE claimed (
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    place INTEGER NOT NULL CHECK (place >= 0),
                    claim TEXT NOT NULL,
                    origin TEXT NOT NULL,
                    statistic TEXT NOT NULL,
                    measure TEXT NOT NULL,
                    over TEXT,
                    selection TEXT NOT NULL CHECK (json_valid(selection)),
                    expected REAL,
                    tolerance REAL CHECK (tolerance >= 0),
                    at_least REAL,
                    at_most REAL,
                    limitation TEXT,
                    n INTEGER CHECK (n >= 0),
                    measured REAL,
                    standard_error REAL CHECK (standard_error >= 0),
                    agrees INTEGER CHECK (agrees IN (0, 1)),
                    reason TEXT,
                    PRIMARY KEY (study_id, place),
                    CHECK ((expected IS NULL) = (tolerance IS NULL)),
                    CHECK ((expected IS NULL) = (coalesce(at_least, at_most) IS NOT NULL)),
                    CHECK ((measured IS NULL) = (agrees IS NULL))
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
