package dev.atlex.streams;

import dev.atlex.data.LexMap;
import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** An event whose type is unknown to this version of Atlex. Immutable and thread-safe. */
public final class TapOtherEvent implements TapEvent {
    private final long id;
    private final String type;
    private final LexMap value;

    TapOtherEvent(long id, String type, LexMap value) {
        this.id = id;
        this.type = type;
        this.value = value;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public @Nullable Did did() {
        LexMap content = value.getMap(type);
        String did = content == null ? null : content.getString("did");
        return did != null && Did.isValid(did) ? Did.of(did) : null;
    }

    /** Returns the type as sent by the server, such as {@code record}. */
    public String type() {
        return type;
    }

    /** Returns the whole message. */
    public LexMap value() {
        return value;
    }

    @Override
    public String toString() {
        return "TapOtherEvent[id " + id + ", " + type + "]";
    }
}
