package dev.atlex.session.internal.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Sha256;
import dev.atlex.session.CorruptStoreEntryException;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor in a store.
 *
 * @param service the service that provides the stream
 * @param stream the name of the stream
 * @param position a String or a sequence number
 * @param state the data that the consumer stores with the position
 */
public record CursorRecord(String service, String stream, LexValue position, LexMap state) {
    /** The longest name of a key. */
    private static final int MAX_KEY = 2048;

    private static final String CORRUPT = "corrupt";

    private static final int MAX_NAME = 8192;

    /** The separator between the two names in a key. No escaped name contains it. */
    private static final String SEPARATOR = "%-";

    /**
     * Returns the key for a cursor. Short names stay readable in the key. If the two names are too long together, a
     * digest replaces them.
     *
     * @throws IllegalArgumentException if a name is empty, too long, or not valid text
     */
    public static Key key(String service, String stream) {
        String name = escape("service", service) + SEPARATOR + escape("stream", stream);
        return new Key(Kind.CURSOR, name.length() <= MAX_KEY ? name : Sha256.hex(name));
    }

    private static String escape(String what, String name) {
        if (name.isEmpty()
                || name.length() > MAX_NAME
                || !StandardCharsets.UTF_16.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("cursor: the " + what + " must have 1 to " + MAX_NAME
                    + " characters, without unpaired surrogates (got " + name.length() + " characters)");
        }
        StringBuilder escaped = new StringBuilder();
        for (byte b : name.getBytes(UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            if (plain || b == '.' || b == '_' || b == ':' || b == '-') {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
        }
        return escaped.toString();
    }

    /**
     * Reads an entry.
     *
     * @throws CorruptStoreEntryException if it is corrupt, or belongs to a different stream
     */
    public static CursorRecord of(Entry entry, String service, String stream) {
        CursorRecord record = parse(entry.value());
        if (record == null
                || !record.service().equals(service)
                || !record.stream().equals(stream)) {
            throw new CorruptStoreEntryException(
                    "can't read the cursor for " + stream + " at " + service + ": the stored entry is corrupt"
                            + reason(entry.value()),
                    null);
        }
        return record;
    }

    /**
     * Returns the text of an entry that can't be read as a cursor. It replaces a corrupt entry that the store has moved
     * away, so that the cursor isn't mistaken for one that was never saved.
     */
    public static String corrupt(String reason) {
        return LexMap.of(CORRUPT, LexValue.of(reason)).toJson();
    }

    private static String reason(String json) {
        try {
            String reason =
                    LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map ? map.getString(CORRUPT) : null;
            return reason == null ? "" : " (" + reason + ")";
        } catch (LexException e) {
            return "";
        }
    }

    private static @Nullable CursorRecord parse(String json) {
        try {
            if (!(LexValue.parseJson(json, ReadOptions.LENIENT) instanceof LexMap map)) {
                return null;
            }
            String service = map.getString("service");
            String stream = map.getString("stream");
            LexValue position = map.get("cursor");
            LexMap state = map.getMap("state");
            boolean valid = position instanceof LexString || position instanceof LexInteger;
            return service == null || stream == null || position == null || !valid
                    ? null
                    : new CursorRecord(service, stream, position, state == null ? LexMap.of() : state);
        } catch (LexException e) {
            return null;
        }
    }

    /**
     * Returns the record as JSON.
     *
     * @throws IllegalArgumentException if it is longer than a store's value may be
     */
    public String toJson() {
        LexMap.Builder map =
                LexMap.builder().put("service", service).put("stream", stream).put("cursor", position);
        if (!state.isEmpty()) {
            map.put("state", state);
        }
        String json = map.build().toJson();
        int bytes = json.getBytes(UTF_8).length;
        if (bytes > Values.MAX_BYTES) {
            throw new IllegalArgumentException("save cursor: position and state are too long: expected at most "
                    + Values.MAX_BYTES + " bytes of JSON (got " + bytes + " bytes)");
        }
        return json;
    }
}
