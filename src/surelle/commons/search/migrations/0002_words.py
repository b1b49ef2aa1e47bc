"""The index of words itself: FTS5 kept by triggers on SQLite; on PostgreSQL a table of vectors under GIN.

On PostgreSQL the vectors stand in a table of their own, because of row-level security: `vector @@ query` is not
leakproof, so the planner never lets a GIN index answer it below a policy of the wall. Here the policy itself holds the
question (`surelle.sought`), next to the wall and of the same rank, so the index answers it and the wall still stands.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        place, stems, content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3 4')
    """,
    """
    CREATE TRIGGER search_words_added AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_words(rowid, place, stems) VALUES (
            new.id, 'c' || new.cooperative_id || 'k' || replace(new.kind, '_', ''), new.title_stems || ' ' || new.body_stems);
    END
    """,
    """
    CREATE TRIGGER search_words_removed AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_words(search_words, rowid, place, stems) VALUES (
            'delete', old.id, 'c' || old.cooperative_id || 'k' || replace(old.kind, '_', ''),
            old.title_stems || ' ' || old.body_stems);
    END
    """,
    """
    CREATE TRIGGER search_words_changed AFTER UPDATE ON search_searchentry BEGIN
        INSERT INTO search_words(search_words, rowid, place, stems) VALUES (
            'delete', old.id, 'c' || old.cooperative_id || 'k' || replace(old.kind, '_', ''),
            old.title_stems || ' ' || old.body_stems);
        INSERT INTO search_words(rowid, place, stems) VALUES (
            new.id, 'c' || new.cooperative_id || 'k' || replace(new.kind, '_', ''), new.title_stems || ' ' || new.body_stems);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER search_words_added",
    "DROP TRIGGER search_words_removed",
    "DROP TRIGGER search_words_changed",
    "DROP TABLE search_words",
]

# Whose rows, as in surelle.commons.cooperatives.apps; written out, since those functions come after all migrations.
INSIDE = """
    (SELECT coalesce(current_setting('surelle.cooperatives', true), '') = '*')
    OR cooperative_id = ANY ((SELECT string_to_array(
        nullif(nullif(current_setting('surelle.cooperatives', true), ''), '*'), ',')::bigint[])::bigint[])
"""
POSTGRESQL = [
    """
    CREATE TABLE search_words (
        entry_id bigint PRIMARY KEY,
        cooperative_id bigint NOT NULL,
        kind varchar(20) NOT NULL,
        object_id bigint NOT NULL,
        title_stems text NOT NULL,
        vector tsvector NOT NULL
    ) WITH (toast_tuple_target = 128)
    """,
    # New rows wait in a short list before they enter the index; the list is read by each question, so it stays short.
    "CREATE INDEX search_words_vector ON search_words USING gin (vector) WITH (gin_pending_list_limit = 512)",
    # The ranking reads the beginnings of some texts: quicker when they are not compressed.
    "ALTER TABLE search_searchentry ALTER COLUMN body_stems SET STORAGE EXTERNAL",
    # Without a question every row answers: so the wall's rows can be changed and counted as any others.
    """
    CREATE FUNCTION surelle_sought() RETURNS tsquery LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(nullif(current_setting('surelle.sought', true), ''), '!none')::tsquery
    $$
    """,
    "ALTER TABLE search_words ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE search_words FORCE ROW LEVEL SECURITY",
    f"""
    CREATE POLICY cooperative_wall ON search_words FOR ALL
        USING (vector @@ surelle_sought() AND ({INSIDE})) WITH CHECK ({INSIDE})
    """,
    """
    CREATE FUNCTION search_words_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            TRUNCATE search_words;
            RETURN NULL;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM search_words WHERE entry_id = old.id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO search_words VALUES (new.id, new.cooperative_id, new.kind, new.object_id, new.title_stems,
                array_to_tsvector(array_remove(string_to_array(new.title_stems || ' ' || new.body_stems, ' '), '')));
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER search_words_follow AFTER INSERT OR UPDATE OR DELETE ON search_searchentry
        FOR EACH ROW EXECUTE FUNCTION search_words_follow()
    """,
    """
    CREATE TRIGGER search_words_emptied AFTER TRUNCATE ON search_searchentry
        FOR EACH STATEMENT EXECUTE FUNCTION search_words_follow()
    """,
    # The newest matches. Two ways lead there: rare words are taken from the GIN index and sorted; of words that nearly all
    # say, the newest rows are read until there are enough. The planner believes that both cost alike for each row, but
    # to match a vector that lies out of line takes three times as long as to take a row from the index: so its count is
    # asked for, and the way chosen here. (It is planned anew for each question, hence EXECUTE.)
    """
    CREATE FUNCTION surelle_search(question text, house bigint, of_kind text, many int)
    RETURNS TABLE (entry bigint, object bigint, title text) LANGUAGE plpgsql AS $$
    DECLARE
        plan json;
        expected float;
        present float;
        way text := 'entry_id + 0';
    BEGIN
        PERFORM set_config('surelle.sought', question, true);
        EXECUTE 'EXPLAIN (FORMAT JSON) SELECT 1 FROM search_words WHERE cooperative_id = $1 AND kind = $2'
            INTO plan USING house, of_kind;
        expected := (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float;
        SELECT greatest(reltuples, 1) INTO present FROM pg_class WHERE oid = 'search_words'::regclass;
        IF expected * expected > 3 * many * present THEN
            way := 'entry_id';
        END IF;
        RETURN QUERY EXECUTE 'SELECT entry_id, object_id, title_stems FROM search_words
            WHERE cooperative_id = $1 AND kind = $2 ORDER BY ' || way || ' DESC LIMIT $3' USING house, of_kind, many;
        PERFORM set_config('surelle.sought', '', true);
    END $$
    """,
]
POSTGRESQL_BACK = [
    "DROP FUNCTION surelle_search(text, bigint, text, int)",
    "DROP TRIGGER search_words_emptied ON search_searchentry",
    "DROP TRIGGER search_words_follow ON search_searchentry",
    "DROP FUNCTION search_words_follow()",
    "DROP TABLE search_words",
    "DROP FUNCTION surelle_sought()",
]


def run(statements):
    def forwards(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        for statement in statements.get(vendor, []):
            schema_editor.execute(statement, params=None)

    return forwards


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
