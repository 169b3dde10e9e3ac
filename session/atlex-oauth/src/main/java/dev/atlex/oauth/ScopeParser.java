package dev.atlex.oauth;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.data.internal.MediaType;
import dev.atlex.oauth.ScopeSyntax.NotUnderstood;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the parameters of the known resources, and creates scopes with canonical text. */
final class ScopeParser {
    private static final Pattern PLC = Pattern.compile("[a-z2-7]{24}");
    private static final Pattern FRAGMENT = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})+");
    private static final String LOCALHOST = "localhost";

    private ScopeParser() {}

    /** Creates a scope, unless its parameters are invalid. */
    interface Maker {
        Scope make() throws NotUnderstood;
    }

    static Scope parse(String text) {
        int forbidden = ScopeSyntax.indexOfForbidden(text);
        if (text.isEmpty() || forbidden >= 0) {
            throw new InvalidSyntaxException(
                    "scope", text, text.isEmpty() ? "is empty" : "has a forbidden character at index " + forbidden);
        }
        try {
            Scope scope = known(text);
            return scope == null ? new Scope.Other(text, null) : scope;
        } catch (NotUnderstood e) {
            return new Scope.Other(text, e.getMessage());
        }
    }

    /** Creates a scope from the caller's parameters. Invalid parameters cause an exception. */
    static Scope require(String resource, Maker maker) {
        try {
            return maker.make();
        } catch (NotUnderstood e) {
            throw new InvalidSyntaxException("scope", resource, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Scope known(String text) throws NotUnderstood {
        String resource = ScopeSyntax.resource(text);
        return switch (resource) {
            case "atproto" -> text.equals("atproto") ? Scope.ATPROTO : notUnderstood("atproto has no parameters");
            case "transition" -> transition(text);
            case "repo" -> {
                ScopeSyntax syntax = ScopeSyntax.parse(text).allow(Set.of("collection", "action"));
                yield repo(syntax.positionals("collection"), actions(syntax.all("action")));
            }
            case "rpc" -> {
                ScopeSyntax syntax = ScopeSyntax.parse(text).allow(Set.of("lxm", "aud"));
                yield rpc(syntax.positionals("lxm"), syntax.optional("aud"));
            }
            case "blob" -> blob(ScopeSyntax.parse(text).allow(Set.of("accept")).positionals("accept"));
            case "account" -> {
                ScopeSyntax syntax = ScopeSyntax.parse(text).allow(Set.of("attr", "action"));
                yield account(syntax.positional("attr"), manages(syntax.all("action")));
            }
            case "identity" ->
                identity(ScopeSyntax.parse(text).allow(Set.of("attr")).positional("attr"));
            case "include" -> {
                ScopeSyntax syntax = ScopeSyntax.parse(text).allow(Set.of("nsid", "aud"));
                yield include(syntax.positional("nsid"), syntax.optional("aud"));
            }
            default -> null;
        };
    }

    private static Scope transition(String text) throws NotUnderstood {
        for (Scope scope : List.of(Scope.TRANSITION_GENERIC, Scope.TRANSITION_EMAIL, Scope.TRANSITION_CHAT)) {
            if (scope.toString().equals(text)) {
                return scope;
            }
        }
        return notUnderstood("unknown transition scope");
    }

    static Scope repo(List<String> collections, Set<RepoAction> actions) throws NotUnderstood {
        List<String> sorted = names("collection", collections);
        if (actions.isEmpty()) {
            return notUnderstood("missing action");
        }
        Set<RepoAction> ordered = Collections.unmodifiableSet(EnumSet.copyOf(actions));
        List<String> parameters = new ArrayList<>();
        if (ordered.size() < RepoAction.values().length) {
            ordered.forEach(action -> parameters.addAll(List.of("action", action.toString())));
        }
        String text = ScopeSyntax.format("repo", "collection", sorted, parameters.toArray(new String[0]));
        return new Scope.Repo(text, sorted, ordered);
    }

    private static Set<RepoAction> actions(List<String> names) throws NotUnderstood {
        if (names.isEmpty()) {
            return EnumSet.allOf(RepoAction.class);
        }
        Set<RepoAction> actions = EnumSet.noneOf(RepoAction.class);
        for (String name : names) {
            switch (name) {
                case "create" -> actions.add(RepoAction.CREATE);
                case "update" -> actions.add(RepoAction.UPDATE);
                case "delete" -> actions.add(RepoAction.DELETE);
                default -> throw new NotUnderstood("unknown action " + Excerpt.quote(name));
            }
        }
        return actions;
    }

    static Scope rpc(List<String> methods, @Nullable String service) throws NotUnderstood {
        List<String> sorted = names("lxm", methods);
        if (service == null) {
            return notUnderstood("missing aud");
        }
        if (service.equals(Scope.ANY) && sorted.contains(Scope.ANY)) {
            return notUnderstood("lxm and aud must not both be *");
        }
        String checked = service.equals(Scope.ANY) ? service : service(service);
        return new Scope.Rpc(ScopeSyntax.format("rpc", "lxm", sorted, "aud", checked), sorted, checked);
    }

    static Scope blob(List<String> accept) throws NotUnderstood {
        if (accept.isEmpty()) {
            return notUnderstood("missing accept");
        }
        Set<String> patterns = new TreeSet<>();
        for (String pattern : accept) {
            if (!MediaType.isPattern(pattern)) {
                return notUnderstood("accept " + Excerpt.quote(pattern) + " is not a media type or a pattern");
            }
            patterns.add(pattern.toLowerCase(Locale.ROOT));
        }
        List<String> kept = patterns.stream()
                .filter(pattern -> patterns.stream()
                        .noneMatch(other -> !other.equals(pattern) && MediaType.matches(other, pattern)))
                .toList();
        return new Scope.Blob(ScopeSyntax.format("blob", "accept", kept), kept);
    }

    static Scope account(String attribute, boolean manage) throws NotUnderstood {
        if (!Set.of("email", "repo", "status").contains(attribute)) {
            return notUnderstood("unknown attr " + Excerpt.quote(attribute));
        }
        String[] action = manage ? new String[] {"action", "manage"} : new String[0];
        return new Scope.Account(ScopeSyntax.format("account", "attr", List.of(attribute), action), attribute, manage);
    }

    private static boolean manages(List<String> actions) throws NotUnderstood {
        for (String action : actions) {
            if (!action.equals("read") && !action.equals("manage")) {
                throw new NotUnderstood("unknown action " + Excerpt.quote(action));
            }
        }
        return actions.contains("manage");
    }

    static Scope identity(String attribute) throws NotUnderstood {
        if (!attribute.equals("handle") && !attribute.equals(Scope.ANY)) {
            return notUnderstood("unknown attr " + Excerpt.quote(attribute));
        }
        return new Scope.Identity(ScopeSyntax.format("identity", "attr", List.of(attribute)), attribute);
    }

    static Scope include(String set, @Nullable String service) throws NotUnderstood {
        if (!Nsid.isValid(set)) {
            return notUnderstood("nsid " + Excerpt.quote(set) + " is not an NSID");
        }
        String checked = service == null ? null : service(service);
        String[] parameters = checked == null ? new String[0] : new String[] {"aud", checked};
        String text = ScopeSyntax.format("include", "nsid", List.of(set), parameters);
        return new Scope.Include(text, Nsid.of(set), checked);
    }

    /** Returns NSIDs in alphabetical order, or the wildcard alone. */
    private static List<String> names(String parameter, List<String> values) throws NotUnderstood {
        if (values.isEmpty()) {
            throw new NotUnderstood("missing " + parameter);
        }
        for (String value : values) {
            if (!value.equals(Scope.ANY) && !Nsid.isValid(value)) {
                throw new NotUnderstood(parameter + " " + Excerpt.quote(value) + " is not an NSID");
            }
        }
        return values.contains(Scope.ANY) ? List.of(Scope.ANY) : List.copyOf(new TreeSet<>(values));
    }

    /** Checks a DID with a service ID. The protocol has two DID methods, without paths. */
    private static String service(String text) throws NotUnderstood {
        int hash = text.indexOf('#');
        String did = hash < 0 ? text : text.substring(0, hash);
        if (hash < 0 || !FRAGMENT.matcher(text.substring(hash + 1)).matches() || !isSupported(did)) {
            throw new NotUnderstood(
                    "aud " + Excerpt.quote(text) + " is not a did:plc or did:web with the name of a service, such as"
                            + " did:web:api.example.com#svc_appview");
        }
        return text;
    }

    private static boolean isSupported(String text) {
        if (!Did.isValid(text)) {
            return false;
        }
        Did did = Did.of(text);
        String identifier = did.identifier();
        return switch (did.method()) {
            case "plc" -> PLC.matcher(identifier).matches();
            case "web" ->
                identifier.equals(LOCALHOST) || identifier.startsWith(LOCALHOST + "%3A") || Handle.isValid(identifier);
            default -> false;
        };
    }

    private static <T> T notUnderstood(String why) throws NotUnderstood {
        throw new NotUnderstood(why);
    }
}
