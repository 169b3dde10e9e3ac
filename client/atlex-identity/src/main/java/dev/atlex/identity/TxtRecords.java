package dev.atlex.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.UserInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds DIDs in TXT records of the form {@code did=did:plc:…}, which handles and Lexicon authorities use. */
final class TxtRecords {
    /** The maximum length of a domain name, in characters. */
    static final int MAX_NAME = 253;

    private static final String PREFIX = "did=";

    private final DnsResolver dns;

    TxtRecords(DnsResolver dns) {
        this.dns = dns;
    }

    /**
     * The DIDs in the records of a name.
     *
     * @param dids the distinct DIDs of records that begin with {@code did=}
     * @param indented the distinct DIDs of records with whitespace or invisible characters before {@code did=}, which
     *     other resolvers ignore
     * @param malformed the number of records with {@code did=} but without a valid DID
     */
    record Found(String name, List<Did> dids, List<Did> indented, int malformed) {
        /** Returns the DID if there is exactly one, or null. Indented records count only if there are no others. */
        @Nullable
        Did only() {
            List<Did> found = dids.isEmpty() ? indented : dids;
            return found.size() == 1 ? found.get(0) : null;
        }

        String describe() {
            if (dids.size() > 1) {
                return "the TXT records for " + name + " contain " + dids.size() + " different DIDs; keep one";
            }
            return malformed > 0
                    ? "the TXT record for " + name + " has an invalid DID after did="
                    : "no TXT record for " + name + " contains a DID";
        }
    }

    /**
     * Returns the DIDs in the TXT records of a name. Other records are ignored, as are whitespace and invisible
     * characters around a DID.
     *
     * @throws DnsException if the lookup fails
     */
    Found dids(String name) {
        Set<Did> dids = new LinkedHashSet<>();
        Set<Did> indented = new LinkedHashSet<>();
        int malformed = 0;
        for (String text : dns.txt(name)) {
            String record = UserInput.strip(decoded(text));
            if (record.startsWith(PREFIX)) {
                String did = UserInput.strip(record.substring(PREFIX.length()));
                if (Did.isValid(did)) {
                    (text.startsWith(PREFIX) ? dids : indented).add(Did.unchecked(did));
                } else {
                    malformed++;
                }
            }
        }
        return new Found(name, new ArrayList<>(dids), new ArrayList<>(indented), malformed);
    }

    /** Decodes UTF-8 if the resolver returned each byte as one character. */
    private static String decoded(String text) {
        boolean bytes = text.chars().allMatch(c -> c <= 0xff) && text.chars().anyMatch(c -> c >= 0x80);
        return bytes ? new String(text.getBytes(ISO_8859_1), UTF_8) : text;
    }
}
