package dev.atlex.testkit.internal.oauth;

import dev.atlex.data.internal.MediaType;
import dev.atlex.syntax.Nsid;
import dev.atlex.testkit.internal.XrpcError;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operations that a token's scopes allow. Each {@code require} method throws the reference server's {@code
 * ScopeMissingError} if no scope allows the operation.
 */
public final class Permissions {
    private static final Set<String> STATIC =
            Set.of("atproto", "transition:email", "transition:generic", "transition:chat.bsky");
    static final List<String> REPO_ACTIONS = List.of("create", "update", "delete");
    private static final Pattern SERVICE = Pattern.compile("did:(plc:[a-z2-7]{24}|web:[a-zA-Z0-9._:%-]+)#[^#\\s]+");

    private final Set<String> scopes;

    Permissions(Set<String> scopes) {
        this.scopes = scopes;
    }

    /** Returns whether the server understands the scope. It ignores others. */
    static boolean isKnown(String scope) {
        if (STATIC.contains(scope)) {
            return true;
        }
        ScopeSyntax syntax = ScopeSyntax.of(scope);
        return switch (syntax.prefix()) {
            case "account" ->
                syntax.hasOnly("attr", "action")
                        && oneOf(syntax.main("attr"), Set.of("email", "repo", "status"))
                        && Set.of("read", "manage").containsAll(syntax.all("action", List.of()));
            case "blob" ->
                syntax.hasOnly("accept")
                        && !syntax.main("accept").isEmpty()
                        && syntax.main("accept").stream().allMatch(MediaType::isPattern);
            case "identity" -> syntax.hasOnly("attr") && oneOf(syntax.main("attr"), Set.of("handle", "*"));
            case "include" -> syntax.hasOnly("nsid", "aud") && areNsids(syntax.main("nsid"), false);
            case "repo" ->
                syntax.hasOnly("collection", "action")
                        && areNsids(syntax.main("collection"), true)
                        && REPO_ACTIONS.containsAll(syntax.all("action", List.of()));
            case "rpc" -> syntax.hasOnly("lxm", "aud") && areNsids(syntax.main("lxm"), true) && hasService(syntax);
            default -> false;
        };
    }

    /** Returns the NSID of the permission set that the scope includes, or null for other scopes. */
    static @Nullable String included(String scope) {
        ScopeSyntax syntax = ScopeSyntax.of(scope);
        return syntax.prefix().equals("include") && isKnown(scope)
                ? syntax.main("nsid").get(0)
                : null;
    }

    private static boolean oneOf(List<String> values, Set<String> allowed) {
        return values.size() == 1 && allowed.contains(values.get(0));
    }

    private static boolean areNsids(List<String> values, boolean orAll) {
        return !values.isEmpty() && values.stream().allMatch(v -> orAll && v.equals("*") || Nsid.isValid(v));
    }

    private static boolean hasService(ScopeSyntax syntax) {
        List<String> services = syntax.all("aud", List.of());
        if (services.size() != 1) {
            return false;
        }
        String service = services.get(0);
        return service.equals("*") // a scope can't allow all methods of all services
                ? !syntax.main("lxm").contains("*")
                : SERVICE.matcher(service).matches();
    }

    /** Requires permission to write records of a collection. */
    public void requireRepo(String collection, String action) {
        boolean allowed = scopes.contains("transition:generic")
                || has("repo", syntax -> {
                    List<String> collections = syntax.main("collection");
                    return (collections.contains("*") || collections.contains(collection))
                            && syntax.all("action", REPO_ACTIONS).contains(action);
                });
        require(allowed, ScopeSyntax.write("repo", collection, "action", action));
    }

    /** Requires permission to call a method of another service, or to get a token for it. */
    public void requireRpc(String method, String service) {
        boolean chat = method.startsWith("chat.bsky.");
        boolean allowed = scopes.contains(chat ? "transition:chat.bsky" : "transition:generic")
                || has("rpc", syntax -> {
                    List<String> methods = syntax.main("lxm");
                    List<String> services = syntax.all("aud", List.of());
                    return (methods.contains("*") || methods.contains(method))
                            && (services.contains("*") || services.contains(service));
                });
        require(allowed, ScopeSyntax.write("rpc", method, "aud", service));
    }

    /** Requires permission to upload blobs of this media type. */
    public void requireBlob(String mediaType) {
        boolean allowed = scopes.contains("transition:generic")
                || has(
                        "blob",
                        syntax -> syntax.main("accept").stream()
                                .anyMatch(accepted -> MediaType.matches(accepted, mediaType)));
        require(allowed, ScopeSyntax.write("blob", mediaType));
    }

    /** Returns whether the token may see the account's email address. */
    public boolean allowsEmail() {
        return scopes.contains("transition:email") || hasAccount("email", "read");
    }

    /** Requires permission to change the status of the account. */
    public void requireStatusChange() {
        require(hasAccount("status", "manage"), ScopeSyntax.write("account", "status", "action", "manage"));
    }

    private boolean hasAccount(String attribute, String action) {
        return has("account", syntax -> {
            List<String> actions = syntax.all("action", List.of("read"));
            return syntax.main("attr").contains(attribute) && (actions.contains("manage") || actions.contains(action));
        });
    }

    private boolean has(String prefix, Predicate<ScopeSyntax> allows) {
        return scopes.stream()
                .map(ScopeSyntax::of)
                .anyMatch(syntax -> syntax.prefix().equals(prefix) && allows.test(syntax));
    }

    private static void require(boolean allowed, String scope) {
        if (!allowed) {
            throw new XrpcError(403, "ScopeMissingError", "Missing required scope \"" + scope + "\"");
        }
    }
}
