package dev.atlex.testkit.internal.oauth;

import java.util.LinkedHashMap;
import java.util.Map;

/** The identifiers of the latest proofs and assertions, to reject a second use. Guarded by the server's lock. */
final class Replays {
    /** The number of identifiers to keep. No test sends more requests than this while a proof is valid. */
    private static final int KEPT = 200_000;

    private final Map<String, Boolean> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    };

    /** Remembers the identifier. Returns whether it is new. */
    boolean add(String id) {
        return seen.put(id, true) == null;
    }

    void clear() {
        seen.clear();
    }
}
