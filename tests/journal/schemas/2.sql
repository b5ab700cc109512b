-- Step 2, as it was released. Never changed: files like this are on people's computers.
CREATE VIRTUAL TABLE search USING fts5(
        text, content='passage', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    );
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
INSERT INTO search (search) VALUES ('rebuild');
CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN
        INSERT INTO search (rowid, text) VALUES (new.id, new.text);
    END;
CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
        INSERT INTO search (search, rowid, text) VALUES ('delete', old.id, old.text);
    END;
CREATE TRIGGER passage_changed AFTER UPDATE OF text ON passage BEGIN
        INSERT INTO search (search, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO search (rowid, text) VALUES (new.id, new.text);
    END;

-- What a user of that version had.
INSERT INTO conversation VALUES ('c2', 1790000200.0, 1790000200.0, 0, 1, NULL, 'L0', 't3');
INSERT INTO turn VALUES ('t3', 'c2', 1, NULL, 'stopped', 1790000200.0, 1790000201.0, 'L0');
INSERT INTO passage VALUES (1790000200000000, 'c2', NULL, 'title', 'Wegen der Absage aus Zürich');
INSERT INTO passage VALUES (1790000200000001, 'c2', 't3', 'user', 'Wegen der Absage aus Zürich.');
