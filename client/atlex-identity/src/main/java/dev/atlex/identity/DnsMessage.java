package dev.atlex.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.atlex.data.internal.Excerpt;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The part of the DNS protocol (RFC 1035) that a question for TXT records needs. */
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

    /** As many as a name of the greatest length has labels. */
    private static final int MAX_POINTERS = 127;

    private final byte[] message;
    private int at;

    private DnsMessage(byte[] message) {
        this.message = message;
    }

    /** Bytes that are no DNS message. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /**
     * What a server says.
     *
     * @param code 0 if all is well, 3 if the name does not exist; else a failure
     * @param truncated whether it did not fit, and must be asked for by TCP
     * @param texts the records of the name, or of the one that it is an alias of
     */
    record Answer(int code, boolean truncated, List<String> texts) {}

    private record Entry(String owner, int type, String value) {}

    /**
     * A question for the TXT records of a name.
     *
     * @throws IllegalArgumentException if it is no name that the DNS can have
     */
    static byte[] question(int id, String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(name.length() + 18);
        for (int word : new int[] {id, FLAG_RECURSION_DESIRED, 1, 0, 0, 0}) {
            writeWord(out, word);
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > 63 || !US_ASCII.newEncoder().canEncode(label)) {
                throw new IllegalArgumentException("not a domain name: " + Excerpt.line(name, 80));
            }
            out.write(label.length());
            out.writeBytes(label.getBytes(US_ASCII));
        }
        out.write(0);
        if (out.size() - HEADER > MAX_NAME) {
            throw new IllegalArgumentException("too long for a domain name: " + Excerpt.line(name, 80));
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
     * The answer in this message, or null if it is not one to that question.
     *
     * @throws MalformedException if the message answers that question, but is broken
     */
    static @Nullable Answer answer(byte[] message, int id, String name) throws MalformedException {
        DnsMessage reader = new DnsMessage(message);
        return message.length < HEADER ? null : reader.answer(id, name.toLowerCase(Locale.ROOT));
    }

    private @Nullable Answer answer(int id, String name) throws MalformedException {
        int answerId = word();
        int flags = word();
        int questions = word();
        int answers = word();
        at = HEADER;
        if (answerId != id || (flags & FLAG_RESPONSE) == 0 || (flags & OPCODE_MASK) != 0) {
            return null;
        }
        int code = flags & 0xf;
        // A server that can't read the question may leave it out of its complaint.
        boolean complaint = code != 0 && questions == 0;
        if (!complaint && (questions != 1 || !name().equals(name) || word() != TYPE_TXT || word() != CLASS_IN)) {
            return null;
        }
        if ((flags & FLAG_TRUNCATED) != 0) {
            return new Answer(code, true, List.of());
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            Entry entry = entry();
            if (entry != null) {
                entries.add(entry);
            }
        }
        return new Answer(code, false, texts(entries, name));
    }

    /** One record, or null for one that is of no use here. */
    private @Nullable Entry entry() throws MalformedException {
        String owner = name();
        int type = word();
        int classOf = word();
        at += 4; // how long it may be kept
        int end = word() + at;
        if (end > message.length) {
            throw new MalformedException("a record reaches over the end of the message");
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
                throw new MalformedException("a text reaches over the end of its record");
            }
            text.append(new String(message, at, length, ISO_8859_1));
            at += length;
        }
        return text.toString();
    }

    /** The texts of the name at the end of the chain of aliases, wherever in the message they stand. */
    private static List<String> texts(List<Entry> entries, String name) {
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
     * A name in lower case. Its end may be elsewhere, always before its beginning, so that no circle can be made. Nor a long
     * way: a message has room for thousands of names that all begin with the same thousands of pointers.
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
                    throw new MalformedException("a name points forwards");
                } else if (++pointers > MAX_POINTERS) {
                    throw new MalformedException("a name of too many parts");
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
