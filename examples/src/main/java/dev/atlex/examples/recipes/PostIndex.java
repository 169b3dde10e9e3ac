package dev.atlex.examples.recipes;

import app.bsky.feed.Post;
import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.AccountEvent;
import dev.atlex.streams.CommitEvent;
import dev.atlex.streams.Consumer;
import dev.atlex.streams.FailedEvent;
import dev.atlex.streams.Failure;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.RecordOperation;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.RepoStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Keeps a table of all posts up to date. The cursor is in the same database. */
public final class PostIndex {
    private final DataSource database;

    PostIndex(DataSource database) {
        this.database = database;
        run("CREATE TABLE IF NOT EXISTS posts (uri text PRIMARY KEY, did text, text text, hidden boolean)");
        run("CREATE INDEX IF NOT EXISTS posts_did ON posts (did)");
    }

    public static void main(String[] args) throws InterruptedException {
        PGSimpleDataSource database = new PGSimpleDataSource(); // with many lanes, use a pool of connections
        database.setUrl(System.getenv("ATLEX_JDBC_URL"));
        CursorStore cursors = CursorStore.of(PostgresSessionStore.create(database));
        try (Consumer consumer = new PostIndex(database).start("wss://bsky.network", cursors)) {
            consumer.join();
        }
    }

    Consumer start(String service, CursorStore cursors) {
        RepoStream stream = Firehose.connect(f -> f.service(service)
                .collections(Post.RECORD)
                .cursor(cursors)
                .startAt(0) // the first start begins with the oldest event that the server still has
                .consumer("post-index")
                .onFailure(PostIndex::onFailure));
        java.util.function.Consumer<RepoEvent> posts = stream.records(Post.RECORD, this::save);
        return stream.consume(Lanes.of(4), posts.andThen(this::hideAndDelete));
    }

    /** Events may arrive twice, so the statements have the same result when they are repeated. */
    private void save(RecordOperation operation, Post post) {
        run(
                "INSERT INTO posts VALUES (?, ?, ?, false) ON CONFLICT (uri) DO UPDATE SET text = excluded.text",
                operation.uri().toString(),
                operation.did().toString(),
                post.text().replace("\0", "")); // PostgreSQL can't store this character
    }

    private void hideAndDelete(RepoEvent event) {
        if (event instanceof CommitEvent commit) {
            commit.operations().stream()
                    .filter(RecordOperation::isDelete)
                    .forEach(deleted ->
                            run("DELETE FROM posts WHERE uri = ?", deleted.uri().toString()));
        } else if (event instanceof AccountEvent account) {
            String change = "deleted".equals(account.status()) ? "DELETE FROM posts" : hide(!account.active());
            run(change + " WHERE did = ?", account.did().toString());
        }
    }

    private static String hide(boolean hidden) {
        return "UPDATE posts SET hidden = " + hidden;
    }

    private void run(String sql, String... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("index: " + e.getMessage(), e);
        }
    }

    /** Waits for a database that is down, but not for a record that it can't store, whose SQL state begins with 22. */
    static Failure onFailure(FailedEvent failed) {
        boolean data = failed.cause().getCause() instanceof SQLException e
                && String.valueOf(e.getSQLState()).startsWith("22");
        return data ? Failure.SKIP : Failure.RETRY;
    }
}
