package dev.atlex.oauth;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.internal.MediaType;
import dev.atlex.syntax.Nsid;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A permission that a program requests, and that a user grants.
 *
 * <p>The class is sealed, so a {@code switch} over it can be exhaustive. Two scopes are equal if they have the same
 * canonical text. Servers compare requested scopes with the client's metadata character by character, so always write
 * them with {@link #toString()}.
 *
 * <pre>{@code
 * Scopes scopes = Scopes.of(Scope.ATPROTO, Scope.repo("app.bsky.feed.post"), Scope.blob("image/*"));
 * }</pre>
 *
 * @see Scopes
 * @see <a href="https://atproto.com/specs/permission">AT Protocol: permissions</a>
 */
public abstract sealed class Scope
        permits Scope.Atproto,
                Scope.Transition,
                Scope.Repo,
                Scope.Rpc,
                Scope.Blob,
                Scope.Account,
                Scope.Identity,
                Scope.Include,
                Scope.Other {
    /**
     * The scope that every session has: {@code atproto}. On its own, it only proves the user's identity, and allows no
     * calls.
     */
    public static final Scope ATPROTO = new Atproto();

    /** The scope for everything that an app password allows, except for direct messages: {@code transition:generic}. */
    public static final Scope TRANSITION_GENERIC = new Transition("generic");

    /** The scope for reading the account's email address: {@code transition:email}. */
    public static final Scope TRANSITION_EMAIL = new Transition("email");

    /** The scope for direct messages, together with {@link #TRANSITION_GENERIC}: {@code transition:chat.bsky}. */
    public static final Scope TRANSITION_CHAT = new Transition("chat.bsky");

    /** The wildcard for collections, methods, services and attributes. */
    public static final String ANY = "*";

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /**
     * Parses a scope. If the text has the syntax of a scope, but an unknown resource or invalid parameters, the result
     * is an {@link Other}. Servers ignore such scopes.
     *
     * @throws InvalidSyntaxException if the text is empty, or contains a space, a quotation mark, a backslash, or a
     *     character that isn't printable ASCII
     */
    public static Scope parse(String text) {
        return ScopeParser.parse(text);
    }

    /**
     * Returns the permission to create, update and delete the records of collections.
     *
     * @param collections NSIDs, at least one, or {@link #ANY} for all records
     * @throws InvalidSyntaxException if a collection is neither an NSID nor {@link #ANY}
     */
    public static Scope repo(String... collections) {
        return repo(List.of(collections), EnumSet.allOf(RepoAction.class));
    }

    /**
     * Returns the permission for the given actions on the records of collections.
     *
     * @param collections NSIDs, at least one, or {@link #ANY} for all records
     * @param actions the allowed actions, at least one
     * @throws InvalidSyntaxException if a collection is neither an NSID nor {@link #ANY}, or a list is empty
     */
    public static Scope repo(Collection<String> collections, Set<RepoAction> actions) {
        return ScopeParser.require("repo", () -> ScopeParser.repo(List.copyOf(collections), Set.copyOf(actions)));
    }

    /**
     * Returns the permission to call methods of services, through the account's server or with a service token.
     *
     * @param service a DID with a service ID ({@code did:web:api.bsky.app#bsky_appview}), or {@link #ANY}
     * @param methods NSIDs, at least one, or {@link #ANY} for all methods, unless the service is {@link #ANY} too
     * @throws InvalidSyntaxException if a method isn't an NSID, the service isn't a DID with a service ID, or both
     *     are {@link #ANY}
     */
    public static Scope rpc(String service, String... methods) {
        return ScopeParser.require("rpc", () -> ScopeParser.rpc(List.of(methods), service));
    }

    /**
     * Returns the permission to upload files.
     *
     * @param accept media types or patterns, at least one: {@code image/png}, {@code image/*}, {@code *}{@code /*}
     * @throws InvalidSyntaxException if one isn't a media type or a pattern
     */
    public static Scope blob(String... accept) {
        return ScopeParser.require("blob", () -> ScopeParser.blob(List.of(accept)));
    }

    /**
     * Returns a permission for a part of the account's settings.
     *
     * @param attribute {@code email}, {@code repo} or {@code status}
     * @param manage whether changes are allowed; if not, access is read-only
     * @throws InvalidSyntaxException if the attribute is unknown
     */
    public static Scope account(String attribute, boolean manage) {
        return ScopeParser.require("account", () -> ScopeParser.account(attribute, manage));
    }

    /**
     * Returns the permission to change the account's identity.
     *
     * @param attribute {@code handle}, or {@link #ANY} for the whole DID document
     * @throws InvalidSyntaxException if the attribute is unknown
     */
    public static Scope identity(String attribute) {
        return ScopeParser.require("identity", () -> ScopeParser.identity(attribute));
    }

    /**
     * Returns the permissions of a published permission set, which the server resolves.
     *
     * @param set the NSID of the permission set
     * @param service the DID and ID of the service that the set's {@code rpc} permissions apply to, or null
     * @throws InvalidSyntaxException if the service isn't a DID with a service ID
     */
    public static Scope include(Nsid set, @Nullable String service) {
        return ScopeParser.require("include", () -> ScopeParser.include(set.toString(), service));
    }

    /** Returns whether the other object is a scope with the same canonical text. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Scope that && text.equals(that.text);
    }

    @Override
    public final int hashCode() {
        return text.hashCode();
    }

    /** Returns the canonical text. For an {@link Other}, this is the original text. */
    @Override
    public final String toString() {
        return text;
    }

    /** The scope {@code atproto}. */
    public static final class Atproto extends Scope {
        Atproto() {
            super("atproto");
        }
    }

    /** A transitional scope, which corresponds to the rights of app passwords: {@code transition:…}. */
    public static final class Transition extends Scope {
        private final String name;

        Transition(String name) {
            super("transition:" + name);
            this.name = name;
        }

        /** Returns {@code generic}, {@code email} or {@code chat.bsky}. */
        public String name() {
            return name;
        }
    }

    /** A permission to write records. */
    public static final class Repo extends Scope {
        private final List<String> collections;
        private final Set<RepoAction> actions;

        Repo(String text, List<String> collections, Set<RepoAction> actions) {
            super(text);
            this.collections = collections;
            this.actions = actions;
        }

        /** Returns the collections in alphabetical order, or only {@link #ANY}. */
        public List<String> collections() {
            return collections;
        }

        /** Returns the actions, at least one. */
        public Set<RepoAction> actions() {
            return actions;
        }

        boolean allows(String collection, RepoAction action) {
            return actions.contains(action) && (collections.contains(ANY) || collections.contains(collection));
        }
    }

    /** A permission to call methods of services. */
    public static final class Rpc extends Scope {
        private final List<String> methods;
        private final String service;

        Rpc(String text, List<String> methods, String service) {
            super(text);
            this.methods = methods;
            this.service = service;
        }

        /** Returns the NSIDs of the methods in alphabetical order, or only {@link #ANY}. */
        public List<String> methods() {
            return methods;
        }

        /** Returns a DID with a service ID, or {@link #ANY}. */
        public String service() {
            return service;
        }

        boolean allows(String method, String service) {
            return (this.service.equals(ANY) || this.service.equals(service))
                    && (methods.contains(ANY) || methods.contains(method));
        }
    }

    /** A permission to upload files. */
    public static final class Blob extends Scope {
        private final List<String> accept;

        Blob(String text, List<String> accept) {
            super(text);
            this.accept = accept;
        }

        /** Returns the media types and patterns in alphabetical order, without any that another pattern covers. */
        public List<String> accept() {
            return accept;
        }

        boolean allows(String mediaType) {
            return accept.stream().anyMatch(pattern -> MediaType.matches(pattern, mediaType));
        }
    }

    /** A permission to read or change a part of the account's settings. */
    public static final class Account extends Scope {
        private final String attribute;
        private final boolean manage;

        Account(String text, String attribute, boolean manage) {
            super(text);
            this.attribute = attribute;
            this.manage = manage;
        }

        /** Returns {@code email}, {@code repo} or {@code status}. */
        public String attribute() {
            return attribute;
        }

        /** Returns whether the attribute may be changed, not only read. */
        public boolean manage() {
            return manage;
        }
    }

    /** A permission to change the account's identity. */
    public static final class Identity extends Scope {
        private final String attribute;

        Identity(String text, String attribute) {
            super(text);
            this.attribute = attribute;
        }

        /** Returns {@code handle}, or {@link #ANY} for the whole DID document. */
        public String attribute() {
            return attribute;
        }
    }

    /** The permissions of a published permission set. */
    public static final class Include extends Scope {
        private final Nsid set;
        private final @Nullable String service;

        Include(String text, Nsid set, @Nullable String service) {
            super(text);
            this.set = set;
            this.service = service;
        }

        /** Returns the NSID of the permission set. */
        public Nsid set() {
            return set;
        }

        /** Returns the DID and ID of the service that the set's {@code rpc} permissions apply to, or null. */
        public @Nullable String service() {
            return service;
        }
    }

    /** A scope with an unknown resource, or with parameters that are invalid or unknown. */
    public static final class Other extends Scope {
        private final @Nullable String problem;

        Other(String text, @Nullable String problem) {
            super(text);
            this.problem = problem;
        }

        /**
         * Returns the reason why this version can't interpret the scope ({@code collection "a b" is not an NSID}), or
         * null if the resource itself is unknown.
         */
        public @Nullable String problem() {
            return problem;
        }
    }
}
