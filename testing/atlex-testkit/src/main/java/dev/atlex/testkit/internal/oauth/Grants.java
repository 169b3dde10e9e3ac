package dev.atlex.testkit.internal.oauth;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All sessions. Finds them by any of their refresh tokens, their latest access token, or their code. */
final class Grants {
    private final Set<Grant> all = new LinkedHashSet<>();

    /** The sessions by refresh token, including used tokens. */
    private final Map<String, Grant> byRefreshToken = new HashMap<>();

    private final Map<String, Grant> byTokenId = new HashMap<>();

    void clear() {
        all.clear();
        byRefreshToken.clear();
        byTokenId.clear();
    }

    void add(Grant grant) {
        all.add(grant);
        index(grant);
    }

    private void index(Grant grant) {
        byTokenId.put(grant.tokenId, grant);
        if (grant.refreshToken != null) {
            byRefreshToken.put(grant.refreshToken, grant);
        }
    }

    /** Replaces the session's tokens. */
    void rotate(Grant grant, String tokenId, String refreshToken) {
        byTokenId.remove(grant.tokenId);
        grant.tokenId = tokenId;
        grant.refreshToken = refreshToken;
        index(grant);
    }

    void remove(Grant grant) {
        all.remove(grant);
        byTokenId.remove(grant.tokenId);
        byRefreshToken.values().removeIf(other -> other == grant);
    }

    void removeIf(Predicate<Grant> condition) {
        all.stream().filter(condition).toList().forEach(this::remove);
    }

    boolean contains(Grant grant) {
        return all.contains(grant);
    }

    @Nullable
    Grant byTokenId(String tokenId) {
        return byTokenId.get(tokenId);
    }

    @Nullable
    Grant byRefreshToken(String token) {
        return byRefreshToken.get(token);
    }

    @Nullable
    Grant byCode(String code) {
        return all.stream().filter(grant -> grant.code.equals(code)).findFirst().orElse(null);
    }

    Collection<Grant> all() {
        return all;
    }
}
