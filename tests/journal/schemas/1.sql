-- Step 1, as it was released. Never changed: files like this are on people's computers.
CREATE TABLE conversation (
        id TEXT PRIMARY KEY NOT NULL,
        created REAL NOT NULL,
        updated REAL NOT NULL,
        pinned INTEGER NOT NULL DEFAULT 0,
        archived INTEGER NOT NULL DEFAULT 0,
        deleted REAL,
        level TEXT NOT NULL DEFAULT 'L0',
        head TEXT
    ) STRICT;
CREATE INDEX conversation_order ON conversation (pinned DESC, updated DESC);
CREATE TABLE turn (
        id TEXT PRIMARY KEY NOT NULL,
        conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
        number INTEGER NOT NULL,
        parent_id TEXT REFERENCES turn ON DELETE CASCADE,
        state TEXT NOT NULL,
        started REAL NOT NULL,
        ended REAL,
        level TEXT NOT NULL DEFAULT 'L0',
        UNIQUE (conversation_id, number)
    ) STRICT;
CREATE INDEX turn_parent ON turn (parent_id);
CREATE TABLE event (
        turn_id TEXT NOT NULL REFERENCES turn ON DELETE CASCADE,
        number INTEGER NOT NULL,
        at REAL NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (turn_id, number)
    ) STRICT;
CREATE TABLE passage (
        id INTEGER PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
        turn_id TEXT REFERENCES turn ON DELETE CASCADE,
        role TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
CREATE INDEX passage_conversation ON passage (conversation_id, role);
CREATE INDEX passage_turn ON passage (turn_id, role);

-- What a user of that version had.
INSERT INTO conversation VALUES ('c1', 1790000000.0, 1790000100.0, 1, 0, NULL, 'L1', 't2');
INSERT INTO turn VALUES ('t1', 'c1', 1, NULL, 'done', 1790000000.0, 1790000050.0, 'L0');
INSERT INTO turn VALUES ('t2', 'c1', 2, 't1', 'open', 1790000060.0, NULL, 'L1');
INSERT INTO event VALUES ('t1', 1, 1790000001.0, '{"event": "TurnFailed", "message": "No.", "hint": "Yes."}');
INSERT INTO passage VALUES (1790000000000000, 'c1', NULL, 'title', 'Northwind said no');
INSERT INTO passage VALUES (1790000000000001, 'c1', 't1', 'user', 'Northwind said no.');
INSERT INTO passage VALUES (1790000000000002, 'c1', 't1', 'assistant', 'That hurts.');
INSERT INTO passage VALUES (1790000060000000, 'c1', 't2', 'user', 'I cannot sleep.');
