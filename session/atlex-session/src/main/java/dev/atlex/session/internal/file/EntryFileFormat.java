package dev.atlex.session.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.crypto.AesGcmCipher;
import dev.atlex.session.internal.persist.Values;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the file of one entry: a JSON object with the value in plain text or encrypted.
 *
 * <p>A plain-text file is written in a form that lets the reader match its head and cut out the value unchanged. A file
 * that was edited by hand is read as ordinary JSON.
 */
public final class EntryFileFormat {
    /**
     * The maximum generation that is accepted. Generations roughly count microseconds since 1970, so this limit is far
     * in the future.
     */
    static final long MAX_GENERATION = 1L << 61;

    private static final Pattern HEAD =
            Pattern.compile("\\{\"v\":1,\"kind\":\"([a-z]{1,20})\",\"name\":\"([A-Za-z0-9._:%-]{1,2048})\","
                    + "\"generation\":([0-9]{1,19}),\"savedAt\":(-?[0-9]{1,16}),\"value\":");
    private static final String TAIL = "}\n";

    private final @Nullable AesGcmCipher cipher;
    private final BiFunction<LexMap, Instant, Entry> legacy;

    /**
     * @param cipher the cipher for values; null if they are plain text
     * @param legacy the function that reads a file from before entries had generations, given its JSON and modification
     *     time; it throws a {@link LexException} if the file has a different format
     */
    public EntryFileFormat(@Nullable AesGcmCipher cipher, BiFunction<LexMap, Instant, Entry> legacy) {
        this.cipher = cipher;
        this.legacy = legacy;
    }

    /**
     * Returns the content of an entry's file.
     *
     * @throws IllegalArgumentException if the value isn't JSON or too long
     */
    public byte[] write(Entry entry) {
        byte[] value = Values.utf8(entry.key().toString(), entry.value());
        String head = "{\"v\":1,\"kind\":\"" + kind(entry.key()) + "\",\"name\":\""
                + entry.key().name() + "\",\"generation\":" + entry.generation() + ",\"savedAt\":"
                + entry.savedAt().toEpochMilli() + ",";
        if (cipher == null) {
            return (head + "\"value\":" + entry.value() + TAIL).getBytes(UTF_8);
        }
        byte[] context = context(entry.key(), entry.generation(), entry.savedAt());
        return (head + EncryptedMembers.encrypt(cipher, value, context) + TAIL).getBytes(UTF_8);
    }

    /**
     * Returns the entry that a file contains.
     *
     * @throws CorruptFileException if the content isn't an entry
     * @throws PlainTextException if values are encrypted but this one isn't, so its writer may not have had the key
     * @throws SessionStoreException if the file may be an entry, but not one for this key or version
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
            throw new CorruptFileException("it is not a JSON object");
        }
        if (!map.containsKey("v")) {
            return plain(readLegacy(map, modified));
        }
        Long version = map.getInteger("v");
        if (version != null && version > 1) {
            throw new SessionStoreException(
                    "can't read " + file + ": it was written by a newer version of Atlex", null);
        }
        return read(file, map);
    }

    private Entry readLegacy(LexMap map, Instant modified) throws CorruptFileException {
        try {
            return legacy.apply(map, modified);
        } catch (LexException e) {
            throw new CorruptFileException(String.valueOf(e.getMessage()));
        }
    }

    private Entry plain(Entry entry) throws PlainTextException {
        if (cipher != null) {
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
        if (!map.containsKey(EncryptedMembers.CIPHER)) {
            throw new CorruptFileException("it has no value");
        }
        if (cipher == null) {
            throw new SessionStoreException("can't read " + file + ": it is encrypted, and the store has no key", null);
        }
        byte[] decrypted = EncryptedMembers.decrypt(cipher, file, map, context(key, generation(generation), saved));
        return new Entry(key, generation, text(decrypted), saved);
    }

    private static String text(byte[] content) throws CorruptFileException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new CorruptFileException("it is not valid UTF-8");
        }
    }

    private static LexValue parse(String json) throws CorruptFileException {
        try {
            return LexValue.parseJson(json, ReadOptions.LENIENT);
        } catch (LexException e) {
            throw new CorruptFileException("it is not JSON");
        }
    }

    private static Key key(String kind, String name) throws CorruptFileException {
        try {
            return new Key(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), name);
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException("its kind or name is invalid");
        }
    }

    private static long number(String digits) throws CorruptFileException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new CorruptFileException("a number is out of range");
        }
    }

    private static long generation(long generation) throws CorruptFileException {
        if (generation < 1 || generation > MAX_GENERATION) {
            throw new CorruptFileException("its generation is out of range");
        }
        return generation;
    }

    private static String kind(Key key) {
        return key.kind().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns everything in an entry except its value. It is authenticated with the value, so that a file can't be
     * mistaken for another entry, or for another generation of the same entry.
     */
    private static byte[] context(Key key, long generation, Instant savedAt) {
        return ("atlex session 1 " + kind(key) + " " + key.name() + " " + generation + " " + savedAt.toEpochMilli())
                .getBytes(UTF_8);
    }
}
