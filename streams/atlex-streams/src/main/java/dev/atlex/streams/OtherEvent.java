package dev.atlex.streams;

import dev.atlex.data.LexMap;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** An event whose type is unknown to this version of Atlex. Immutable and thread-safe. */
public final class OtherEvent implements RepoEvent {
    private static final int MAX_SHOWN = 100;

    private final long sequence;
    private final String type;
    private final LexMap value;

    OtherEvent(long sequence, String type, LexMap value) {
        this.sequence = sequence;
        this.type = type;
        this.value = value;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public @Nullable Did did() {
        String did = value.getString("did");
        return did != null && Did.isValid(did) ? Did.of(did) : null;
    }

    @Override
    public @Nullable Datetime time() {
        String time = value.getString("time");
        return time != null && Datetime.isValid(time) ? Datetime.of(time) : null;
    }

    /** Returns the type as sent by the server: a short name such as {@code #handle}, or a full name. */
    public String type() {
        return type;
    }

    /** Returns the whole message. */
    public LexMap value() {
        return value;
    }

    @Override
    public String toString() {
        return "OtherEvent[seq " + sequence + ", " + Excerpt.line(type, MAX_SHOWN) + "]";
    }
}
