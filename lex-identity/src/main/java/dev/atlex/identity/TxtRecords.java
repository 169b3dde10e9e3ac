package dev.atlex.identity;

import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
     * @param malformed how many records begin with {@code did=} and have no DID after it
     */
    record Found(String name, List<Did> dids, int malformed) {
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
     * Records that do not begin with {@code did=} are left out, as are those with no valid DID after it.
     *
     * @throws DnsException if the DNS can't be asked
     */
    Found dids(String name) {
        Set<Did> dids = new LinkedHashSet<>();
        int malformed = 0;
        for (String text : dns.txt(name)) {
            if (text.startsWith(PREFIX)) {
                String did = text.substring(PREFIX.length());
                if (Did.isValid(did)) {
                    dids.add(Did.unchecked(did));
                } else {
                    malformed++;
                }
            }
        }
        return new Found(name, new ArrayList<>(dids), malformed);
    }
}
