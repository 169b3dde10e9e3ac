package dev.atlex.testkit.internal.oauth;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The permission sets that scopes may include. A real server resolves them as Lexicon documents; here, the test registers
 * them. Guarded by the server's lock.
 *
 * @see <a href="https://atproto.com/specs/permission">Permissions</a>
 */
final class PermissionSets {
    /** The permissions of each set, by NSID. */
    private final Map<String, LexArray> sets = new HashMap<>();

    void clear() {
        sets.clear();
    }

    void register(String nsid, LexArray permissions) {
        sets.put(nsid, permissions);
    }

    /** Checks that all included sets are known. */
    void check(Iterable<String> scopes) {
        for (String scope : scopes) {
            String nsid = Permissions.included(scope);
            if (nsid != null && !sets.containsKey(nsid)) {
                throw OAuthError.invalidScope("Could not resolve Lexicon for NSID (" + nsid + ")");
            }
        }
    }

    /**
     * Replaces included sets with their permissions, as in a token's scope. The permissions precede the other scopes.
     */
    String expanded(String scopes) {
        Set<String> expanded = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (String scope : ScopeSyntax.split(scopes)) {
            String nsid = Permissions.included(scope);
            if (nsid == null) {
                others.add(scope);
            } else {
                String service = ScopeSyntax.of(scope).parameters().first("aud", "");
                for (LexValue permission : sets.getOrDefault(nsid, LexArray.of())) {
                    String included = permission instanceof LexMap map ? scope(map, nsid, service) : null;
                    if (included != null) {
                        expanded.add(included);
                    }
                }
            }
        }
        expanded.addAll(others);
        return String.join(" ", expanded);
    }

    /** Returns the scope of a permission, or null if a set may not contain it. */
    private static @Nullable String scope(LexMap permission, String nsid, String service) {
        String authority = nsid.substring(0, nsid.lastIndexOf('.') + 1);
        String resource = permission.getString("resource");
        if ("repo".equals(resource)) {
            List<String> collections = strings(permission, "collection");
            return isUnder(authority, collections)
                    ? ScopeSyntax.write("repo", "collection", collections, "action", actions(permission))
                    : null;
        }
        if ("rpc".equals(resource)) {
            List<String> methods = strings(permission, "lxm");
            String aud = audience(permission, service);
            return aud != null && isUnder(authority, methods)
                    ? ScopeSyntax.write("rpc", "lxm", methods, "aud", List.of(aud))
                    : null;
        }
        return null;
    }

    /** Returns the permission's actions, or an empty list if it allows all. */
    private static List<String> actions(LexMap permission) {
        List<String> actions = strings(permission, "action");
        return actions.containsAll(Permissions.REPO_ACTIONS)
                ? List.of()
                : Permissions.REPO_ACTIONS.stream().filter(actions::contains).toList();
    }

    /** Returns the service that may be called: any, or the one in the including scope. */
    private static @Nullable String audience(LexMap permission, String service) {
        String aud = permission.getString("aud");
        if (aud != null) {
            return aud.equals("*") ? aud : null;
        }
        return Boolean.TRUE.equals(permission.getBoolean("inheritAud")) && !service.isEmpty() ? service : null;
    }

    private static boolean isUnder(String authority, List<String> nsids) {
        return !nsids.isEmpty() && nsids.stream().allMatch(nsid -> nsid.startsWith(authority));
    }

    /** Returns the distinct strings of a field, sorted. */
    private static List<String> strings(LexMap permission, String field) {
        Set<String> strings = new TreeSet<>();
        LexArray values = permission.getArray(field);
        for (LexValue value : values == null ? LexArray.of() : values) {
            if (value instanceof LexString string) {
                strings.add(string.value());
            }
        }
        return new ArrayList<>(strings);
    }
}
