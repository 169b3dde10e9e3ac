package dev.atlex.session.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.Seal;
import dev.atlex.session.internal.persist.Values;
import dev.atlex.session.store.SessionStore.Entry;
import dev.atlex.session.store.SessionStore.Key;
import dev.atlex.session.store.SessionStore.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a store's file holds: an entry as JSON, its value as it is or sealed. */
public final class EntryFileFormat {
    /** Nothing that counts microseconds of this age comes near it. */
    static final long GREATEST = 1L << 61;

    private static final Pattern HEAD =
            Pattern.compile("\\{\"v\":1,\"kind\":\"([a-z]{1,20})\",\"name\":\"([A-Za-z0-9._:%-]{1,2048})\","
                    + "\"generation\":([0-9]{1,19}),\"savedAt\":(-?[0-9]{1,16}),\"value\":");
    private static final String TAIL = "}\n";

    private final @Nullable Seal seal;
    private final BiFunction<LexMap, Instant, Entry> old;

    /**
     * @param seal what values are encrypted with; null if they are not
     * @param old makes an entry of a file of the old form, or throws a {@link LexException} if it is none
     */
    public EntryFileFormat(@Nullable Seal seal, BiFunction<LexMap, Instant, Entry> old) {
        this.seal = seal;
        this.old = old;
    }

    /**
     * The content of an entry's file.
     *
     * @throws IllegalArgumentException if the value is no JSON
     */
    public byte[] write(Entry entry) {
        byte[] value = Values.json(entry.key(), entry.value());
        String head = "{\"v\":1,\"kind\":\"" + kind(entry.key()) + "\",\"name\":\""
                + entry.key().name() + "\",\"generation\":" + entry.generation() + ",\"savedAt\":"
                + entry.savedAt().toEpochMilli() + ",";
        if (seal == null) {
            return (head + "\"value\":" + entry.value() + TAIL).getBytes(UTF_8);
        }
        return (head + seal.close(value, context(entry.key(), entry.generation(), entry.savedAt())) + TAIL)
                .getBytes(UTF_8);
    }

    /**
     * The entry of a file.
     *
     * @throws CorruptFileException if there is none in it
     * @throws PlainTextException if values are encrypted, and this one is not: whoever wrote it may not have had the key
     * @throws SessionStoreException if there may be one, but it can't be read with this key or by this version
     */
    public Entry read(Path file, byte[] content, Instant modified) throws CorruptFileException, PlainTextException {
        String text = text(content);
        Matcher head = HEAD.matcher(text);
        if (head.lookingAt() && text.endsWith(TAIL)) {
            String value = text.substring(head.end(), text.length() - TAIL.length());
            parse(value);
            return plain(new Entry(
                    key(head.group(1), head.group(2)),
                    generation(number(head.group(3))),
                    value,
                    Instant.ofEpochMilli(number(head.group(4)))));
        }
        if (!(parse(text) instanceof LexMap map)) {
            throw new CorruptFileException("it is no object");
        }
        if (!map.containsKey("v")) {
            return plain(readOld(map, modified));
        }
        Long version = map.getInteger("v");
        if (version != null && version > 1) {
            throw new SessionStoreException(file + " is of a newer version of Atlex", null);
        }
        return read(file, map);
    }

    private Entry readOld(LexMap map, Instant modified) throws CorruptFileException {
        try {
            return old.apply(map, modified);
        } catch (LexException e) {
            throw new CorruptFileException(String.valueOf(e.getMessage()));
        }
    }

    private Entry plain(Entry entry) throws PlainTextException {
        if (seal != null) {
            throw new PlainTextException(entry);
        }
        return entry;
    }

    private Entry read(Path file, LexMap map) throws CorruptFileException, PlainTextException {
        String kind = map.getString("kind");
        String name = map.getString("name");
        Long generation = map.getInteger("generation");
        Long savedAt = map.getInteger("savedAt");
        if (kind == null || name == null || generation == null || savedAt == null) {
            throw new CorruptFileException("kind, name, generation or savedAt is missing");
        }
        Key key = key(kind, name);
        Instant saved = Instant.ofEpochMilli(savedAt);
        LexValue value = map.get("value");
        if (value != null) {
            return plain(new Entry(key, generation(generation), value.toJson(), saved));
        }
        if (!map.containsKey(Seal.MEMBER)) {
            throw new CorruptFileException("it has no value");
        }
        if (seal == null) {
            throw new SessionStoreException(file + " is encrypted, and no key was given", null);
        }
        byte[] opened = seal.open(file, map, context(key, generation(generation), saved));
        return new Entry(key, generation, text(opened), saved);
    }

    private static String text(byte[] content) throws CorruptFileException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new CorruptFileException("it is not in UTF-8");
        }
    }

    private static LexValue parse(String json) throws CorruptFileException {
        try {
            return LexValue.parseJson(json, ReadOptions.LENIENT);
        } catch (LexException e) {
            throw new CorruptFileException("it is no JSON");
        }
    }

    private static Key key(String kind, String name) throws CorruptFileException {
        try {
            return new Key(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), name);
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException("its kind or name is none");
        }
    }

    private static long number(String digits) throws CorruptFileException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new CorruptFileException("a number is too great");
        }
    }

    private static long generation(long generation) throws CorruptFileException {
        if (generation < 1 || generation > GREATEST) {
            throw new CorruptFileException("its generation is none");
        }
        return generation;
    }

    private static String kind(Key key) {
        return key.kind().name().toLowerCase(Locale.ROOT);
    }

    /** All of an entry but its value: sealed with it, so that it is not taken for another's, or for that of another time. */
    private static byte[] context(Key key, long generation, Instant savedAt) {
        return ("atlex session 1 " + kind(key) + " " + key.name() + " " + generation + " " + savedAt.toEpochMilli())
                .getBytes(UTF_8);
    }
}
