package dev.atlex.streams;

import dev.atlex.data.LexException;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.RecordType;
import dev.atlex.streams.internal.connection.StreamSetup;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** A stream of repository events, which can also pass the records of one type to a handler. */
public final class RepoStream extends EventStream<RepoEvent> {
    RepoStream(StreamSetup<RepoEvent> setup, StreamOptions options) {
        super(setup, options);
    }

    /**
     * Handles the records of one type that are created or updated, on the calling thread, until the stream is closed.
     * The cursor moves after the handler has handled all records of an event. A record that violates its schema, or
     * that the event doesn't contain, is passed to {@link StreamOptions.Builder#onSkipped} instead.
     *
     * <p>To see deleted records and events about accounts too, use {@link #forEach(java.util.function.Consumer)} with
     * {@link #records}.
     *
     * @param handler handles one record; if it fails and is retried, the earlier records of the event are handled again
     * @throws StreamException if the stream has failed, or the thread is interrupted
     * @throws RuntimeException the handler's exception, under the policy {@link Failure#STOP}
     * @throws IllegalStateException if the stream is already being consumed
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> void forEach(
            RecordType<T, B> type, BiConsumer<? super RecordOperation, ? super T> handler) {
        forEach(records(type, handler));
    }

    /**
     * Returns an event handler that passes the records of one type to a record handler, like {@link
     * #forEach(RecordType, BiConsumer)}. Combine several of them with {@code andThen}.
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> java.util.function.Consumer<RepoEvent> records(
            RecordType<T, B> type, BiConsumer<? super RecordOperation, ? super T> handler) {
        return event -> {
            if (event instanceof CommitEvent commit) {
                for (RecordOperation operation : commit.operations()) {
                    if (operation.isOf(type)) {
                        handle(commit, operation, type, handler);
                    }
                }
            }
        };
    }

    private <T extends LexObject, B extends ObjectBuilder<T, B>> void handle(
            CommitEvent commit,
            RecordOperation operation,
            RecordType<T, B> type,
            BiConsumer<? super RecordOperation, ? super T> handler) {
        T record;
        try {
            record = operation.record(type);
        } catch (LexException e) {
            skip(operation, OptionalLong.of(commit.sequence()), commit.blocks(), e);
            return;
        }
        if (record != null) {
            handler.accept(operation, record);
        }
    }
}
