package dev.atlex.session.postgres;

import java.util.concurrent.atomic.AtomicInteger;

/** A schema for one test. It doesn't exist at first, and is dropped at the end. */
final class TestSchema implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PostgresServer server;
    private final String name = "test_" + COUNT.incrementAndGet();

    TestSchema(PostgresServer server) {
        this.server = server;
    }

    String name() {
        return name;
    }

    String table(String table) {
        return name + ".atlex_" + table;
    }

    @Override
    public void close() {
        server.sql("DROP SCHEMA IF EXISTS " + name + " CASCADE");
    }
}
