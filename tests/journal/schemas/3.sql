-- Step 3, as it was released. Never changed: files like this are on people's computers.
CREATE TABLE fact (
        id INTEGER PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
        turn_id TEXT REFERENCES turn ON DELETE SET NULL,
        name TEXT NOT NULL,
        value TEXT,
        corrected INTEGER NOT NULL,
        at REAL NOT NULL
    ) STRICT;
CREATE INDEX fact_conversation ON fact (conversation_id);
CREATE TABLE writing (
        id TEXT PRIMARY KEY NOT NULL,
        conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
        turn_id TEXT REFERENCES turn ON DELETE SET NULL,
        kind TEXT NOT NULL,
        created REAL NOT NULL
    ) STRICT;
CREATE INDEX writing_conversation ON writing (conversation_id);
CREATE TABLE version (
        writing_id TEXT NOT NULL REFERENCES writing ON DELETE CASCADE,
        number INTEGER NOT NULL,
        author TEXT NOT NULL,
        at REAL NOT NULL,
        passage_id INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
        UNIQUE (writing_id, number)
    ) STRICT;
CREATE INDEX version_passage ON version (passage_id);
CREATE TABLE report (
        id TEXT PRIMARY KEY NOT NULL,
        turn_id TEXT NOT NULL REFERENCES turn ON DELETE CASCADE,
        reason TEXT NOT NULL,
        comment TEXT NOT NULL,
        at REAL NOT NULL
    ) STRICT;
CREATE INDEX report_turn ON report (turn_id);
CREATE TABLE vault (
        name TEXT PRIMARY KEY NOT NULL,
        changed REAL NOT NULL,
        body BLOB NOT NULL
    ) STRICT;

-- What a user of that version had.
INSERT INTO fact VALUES (1, 'c1', 't1', 'employer', 'Northwind', 0, 1790000001.0);
INSERT INTO fact VALUES (2, 'c1', NULL, 'employer', 'Southwind', 1, 1790000002.0);
INSERT INTO passage VALUES (1790000300000000, 'c1', 't2', 'draft', 'Dear Ms Bell');
INSERT INTO writing VALUES ('w1', 'c1', 't2', 'draft', 1790000300.0);
INSERT INTO version VALUES ('w1', 1, 'you', 1790000300.0, 1790000300000000);
INSERT INTO report VALUES ('r1', 't1', 'untrue', '', 1790000310.0);
INSERT INTO vault VALUES ('notes/cv', 1790000320.0, x'00ff');
