package dev.atlex.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.atlex.data.internal.Excerpt;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Encodes queries for TXT records and decodes their responses.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035">RFC 1035: Domain Names</a> */
final class DnsMessage {
    private static final int TYPE_CNAME = 5;
    private static final int TYPE_TXT = 16;
    private static final int CLASS_IN = 1;
    private static final int FLAG_RESPONSE = 0x8000;
    private static final int FLAG_TRUNCATED = 0x0200;
    private static final int FLAG_RECURSION_DESIRED = 0x0100;
    private static final int OPCODE_MASK = 0x7800;
    private static final int HEADER = 12;
    private static final int MAX_NAME = 255;
    private static final int MAX_ALIASES = 16;

    /** The maximum number of labels in a name. */
    private static final int MAX_POINTERS = 127;

    private final byte[] message;
    private int at;

    private DnsMessage(byte[] message) {
        this.message = message;
    }

    /** Thrown when bytes aren't a valid DNS message. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /**
     * A response to a query.
     *
     * @param code 0 for success, 3 if the name doesn't exist, or another code for a failure
     * @param truncated whether the records didn't fit, so the query must be repeated over TCP
     * @param txtRecords the TXT records of the name, or of its CNAME target
     */
    record Response(int code, boolean truncated, List<String> txtRecords) {}

    private record Entry(String owner, int type, String value) {}

    /**
     * Encodes a query for the TXT records of a name.
     *
     * @throws IllegalArgumentException if the name isn't a valid domain name
     */
    static byte[] query(int id, String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(name.length() + 18);
        for (int word : new int[] {id, FLAG_RECURSION_DESIRED, 1, 0, 0, 0}) {
            writeWord(out, word);
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > 63 || !US_ASCII.newEncoder().canEncode(label)) {
                throw new IllegalArgumentException("invalid domain name (got " + Excerpt.quote(name, 80) + ")");
            }
            out.write(label.length());
            out.writeBytes(label.getBytes(US_ASCII));
        }
        out.write(0);
        if (out.size() - HEADER > MAX_NAME) {
            throw new IllegalArgumentException("domain name too long (got " + Excerpt.quote(name, 80) + ")");
        }
        writeWord(out, TYPE_TXT);
        writeWord(out, CLASS_IN);
        return out.toByteArray();
    }

    private static void writeWord(ByteArrayOutputStream out, int word) {
        out.write(word >> 8);
        out.write(word);
    }

    /**
     * Decodes a response. Returns null if the message isn't a response to this query.
     *
     * @throws MalformedException if the message is a response to this query, but invalid
     */
    static @Nullable Response response(byte[] message, int id, String name) throws MalformedException {
        DnsMessage reader = new DnsMessage(message);
        return message.length < HEADER ? null : reader.response(id, name.toLowerCase(Locale.ROOT));
    }

    private @Nullable Response response(int id, String name) throws MalformedException {
        int responseId = word();
        int flags = word();
        int questions = word();
        int answers = word();
        at = HEADER;
        if (responseId != id || (flags & FLAG_RESPONSE) == 0 || (flags & OPCODE_MASK) != 0) {
            return null;
        }
        int code = flags & 0xf;
        // A server that can't parse the query may omit it from its error response.
        boolean error = code != 0 && questions == 0;
        if (!error && (questions != 1 || !name().equals(name) || word() != TYPE_TXT || word() != CLASS_IN)) {
            return null;
        }
        if ((flags & FLAG_TRUNCATED) != 0) {
            return new Response(code, true, List.of());
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            Entry entry = entry();
            if (entry != null) {
                entries.add(entry);
            }
        }
        return new Response(code, false, txtRecords(entries, name));
    }

    /** Reads a record. Returns null if it is neither TXT nor CNAME. */
    private @Nullable Entry entry() throws MalformedException {
        String owner = name();
        int type = word();
        int classOf = word();
        at += 4; // time to live
        int end = word() + at;
        if (end > message.length) {
            throw new MalformedException("a record exceeds the end of the message");
        }
        Entry entry = null;
        if (classOf == CLASS_IN && type == TYPE_TXT) {
            entry = new Entry(owner, type, strings(end));
        } else if (classOf == CLASS_IN && type == TYPE_CNAME) {
            entry = new Entry(owner, type, name());
        }
        at = end;
        return entry;
    }

    private String strings(int end) throws MalformedException {
        StringBuilder text = new StringBuilder();
        while (at < end) {
            int length = octet();
            if (at + length > end) {
                throw new MalformedException("a string exceeds the end of its record");
            }
            text.append(new String(message, at, length, ISO_8859_1));
            at += length;
        }
        return text.toString();
    }

    /** Follows the chain of aliases and returns the TXT records of its last name. Records may be in any order. */
    private static List<String> txtRecords(List<Entry> entries, String name) {
        String owner = name;
        for (int i = 0; i < MAX_ALIASES; i++) {
            String target = null;
            for (Entry entry : entries) {
                if (entry.type() == TYPE_CNAME && entry.owner().equals(owner)) {
                    target = entry.value();
                }
            }
            if (target == null) {
                break;
            }
            owner = target;
        }
        String last = owner;
        return entries.stream()
                .filter(entry -> entry.type() == TYPE_TXT && entry.owner().equals(last))
                .map(Entry::value)
                .toList();
    }

    /**
     * Reads a name and converts it to lowercase. Pointers must point backward, which rules out cycles. Their number is
     * limited, because thousands of records can share one long chain of pointers.
     */
    private String name() throws MalformedException {
        StringBuilder name = new StringBuilder();
        int pointers = 0;
        int after = -1;
        int start = at;
        while (true) {
            int length = octet();
            if (length == 0) {
                break;
            }
            if ((length & 0xc0) == 0xc0) {
                int target = (length & 0x3f) << 8 | octet();
                if (target >= start) {
                    throw new MalformedException("a name has a forward pointer");
                } else if (++pointers > MAX_POINTERS) {
                    throw new MalformedException("a name has too many pointers");
                }
                after = after < 0 ? at : after;
                start = target;
                at = target;
            } else if (at + length > message.length) {
                throw new MalformedException("the message ends early");
            } else if (length > 63 || name.length() + length + 1 > MAX_NAME) {
                throw new MalformedException("a name is too long");
            } else {
                name.append(name.length() == 0 ? "" : ".").append(new String(message, at, length, ISO_8859_1));
                at += length;
            }
        }
        at = after < 0 ? at : after;
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private int word() throws MalformedException {
        return octet() << 8 | octet();
    }

    private int octet() throws MalformedException {
        if (at >= message.length) {
            throw new MalformedException("the message ends early");
        }
        return message[at++] & 0xff;
    }
}
