package dev.atlex.streams;

import dev.atlex.data.Bytes;
import dev.atlex.data.LexException;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.RecordType;
import dev.atlex.streams.internal.connection.StreamSetup;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a Tap. An event is acknowledged after its handler has returned, or after it was skipped. The Tap delivers
 * events that aren't acknowledged again, so there is no cursor, and {@link StreamHealth#position} is empty.
 *
 * <p>If an acknowledgment is lost, or a handler takes longer than the Tap's timeout (60 s by default), the Tap delivers an
 * event again. If it is still in progress, or was acknowledged in the last ten minutes and is among the last 65,536 or so
 * ids, it isn't handled again. Otherwise, for example after a restart of the program, it is handled again: with the same
 * {@link TapEvent#id}, {@link TapRecordEvent#uri} and {@link TapRecordEvent#rev}.
 */
public final class TapStream extends EventStream<TapEvent> {
    private static final Bytes NO_BYTES = Bytes.wrap(new byte[0]);

    private final @Nullable TapReceipts receipts;

    TapStream(StreamSetup<TapEvent> setup, @Nullable TapReceipts receipts, StreamOptions options) {
        super(setup, options);
        this.receipts = receipts;
    }

    /**
     * Handles the records of one type that are created or updated, on the calling thread, until the stream is closed. A
     * record that violates its schema is passed to {@link TapOptions.Builder#onSkipped} instead. Other events are
     * acknowledged without being handled.
     *
     * <p>To see deleted records and changes of accounts too, use {@link #forEach(java.util.function.Consumer)} with
     * {@link #records}.
     *
     * @param handler handles one record
     * @throws StreamException if the stream has failed, or the thread is interrupted
     * @throws RuntimeException the handler's exception, under the policy {@link Failure#STOP}
     * @throws IllegalStateException if the stream is already being consumed
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> void forEach(
            RecordType<T, B> type, BiConsumer<? super TapRecordEvent, ? super T> handler) {
        forEach(records(type, handler));
    }

    /**
     * Returns an event handler that passes the records of one type to a record handler, like {@link
     * #forEach(RecordType, BiConsumer)}. Combine several of them with {@code andThen}.
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> java.util.function.Consumer<TapEvent> records(
            RecordType<T, B> type, BiConsumer<? super TapRecordEvent, ? super T> handler) {
        return event -> {
            if (event instanceof TapRecordEvent change && change.isOf(type)) {
                T record;
                try {
                    record = change.record(type);
                } catch (LexException e) {
                    skip(change, OptionalLong.empty(), NO_BYTES, e);
                    return;
                }
                if (record != null) {
                    handler.accept(change, record);
                }
            }
        };
    }

    /** Returns how many events the Tap has delivered again that weren't handled again. */
    public long duplicates() {
        return receipts == null ? 0 : receipts.duplicates();
    }
}
