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

/** The DIDs in TXT records, as handles and Lexicon authorities have them: {@code did=did:plc:…}. */
final class TxtRecords {
    /** The longest name that the DNS can be asked for, in characters. */
    static final int MAX_NAME = 253;

    private static final String PREFIX = "did=";

    private final DnsResolver dns;

    TxtRecords(DnsResolver dns) {
        this.dns = dns;
    }

    /**
     * @param dids each once
     * @param indented those behind white space or invisible characters, each once; other resolvers don't see them
     * @param malformed how many records begin with {@code did=} and have no DID after it
     */
    record Found(String name, List<Did> dids, List<Did> indented, int malformed) {
        /** Returns the DID if it is the only one, or null. */
        @Nullable
        Did only() {
            List<Did> found = dids.isEmpty() ? indented : dids;
            return found.size() == 1 ? found.get(0) : null;
        }

        String describe() {
            if (dids.size() > 1) {
                return "the TXT records of " + name + " name " + dids.size() + " different DIDs";
            }
            return malformed > 0
                    ? "the TXT record of " + name + " is no did= with a valid DID"
                    : "no TXT record of " + name + " names a DID";
        }
    }

    /**
     * Records that do not begin with {@code did=} are left out, as are those with no valid DID after it. White space and
     * invisible characters around a DID are ignored.
     *
     * @throws DnsException if the DNS can't be asked
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

    /** The text in UTF-8, if a resolver has taken its bytes one by one. */
    private static String decoded(String text) {
        boolean bytes = text.chars().allMatch(c -> c <= 0xff) && text.chars().anyMatch(c -> c >= 0x80);
        return bytes ? new String(text.getBytes(ISO_8859_1), UTF_8) : text;
    }
}
