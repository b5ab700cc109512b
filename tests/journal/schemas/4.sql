-- Step 4, as it was released. Never changed: files like this are on people's computers.
CREATE INDEX passage_title ON passage (conversation_id, text) WHERE role = 'title';
CREATE INDEX conversation_deleted ON conversation (id) WHERE deleted IS NOT NULL;

-- What a user of that version had.
INSERT INTO conversation VALUES ('c4', 1790000400.0, 1790000400.0, 0, 0, 1790000500.0, 'L0', NULL);
