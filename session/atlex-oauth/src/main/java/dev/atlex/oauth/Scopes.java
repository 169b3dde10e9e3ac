package dev.atlex.oauth;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.oauth.Scope.Account;
import dev.atlex.oauth.Scope.Blob;
import dev.atlex.oauth.Scope.Identity;
import dev.atlex.oauth.Scope.Repo;
import dev.atlex.oauth.Scope.Rpc;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of scopes that a program may request, requests, or was granted. Immutable; iterates in the order in which the
 * scopes were listed.
 */
public final class Scopes extends AbstractSet<Scope> {
    private static final String CHAT = "chat.bsky.";

    private final Set<Scope> scopes;
    private final String text;

    private Scopes(Collection<Scope> scopes) {
        this.scopes = new LinkedHashSet<>(scopes);
        this.text = this.scopes.stream().map(Scope::toString).collect(Collectors.joining(" "));
    }

    /** Returns a set of scopes, without duplicates. */
    public static Scopes of(Scope... scopes) {
        return new Scopes(Arrays.asList(scopes));
    }

    /** Returns a set of scopes, without duplicates. */
    public static Scopes of(Collection<? extends Scope> scopes) {
        return scopes instanceof Scopes same ? same : new Scopes(List.copyOf(scopes));
    }

    /**
     * Parses scopes that are separated by spaces, as in client metadata and token responses. An empty text yields an
     * empty set.
     *
     * @throws InvalidSyntaxException if a scope contains a character that {@link Scope#parse} rejects
     */
    public static Scopes parse(String text) {
        Set<Scope> scopes = new LinkedHashSet<>();
        for (String scope : text.split(" ", -1)) {
            if (!scope.isEmpty()) {
                scopes.add(Scope.parse(scope));
            }
        }
        return new Scopes(scopes);
    }

    @Override
    public Iterator<Scope> iterator() {
        Iterator<Scope> iterator = scopes.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public Scope next() {
                return iterator.next();
            }
        };
    }

    @Override
    public int size() {
        return scopes.size();
    }

    @Override
    public boolean contains(@Nullable Object scope) {
        return scopes.contains(scope);
    }

    /**
     * Returns whether these scopes allow everything that the given scope allows. Takes the wildcards and the transition
     * scopes into account, as the reference server does: {@code transition:generic} covers {@code
     * repo:app.bsky.feed.post}.
     *
     * <p>The content of a permission set isn't known here. An {@link Scope.Include} covers only itself, so the result
     * may be false even though the server allows the call.
     */
    public boolean covers(Scope needed) {
        if (contains(needed)) {
            return true;
        }
        if (needed instanceof Repo repo) {
            return repo.collections().stream()
                    .allMatch(collection -> repo.actions().stream().allMatch(action -> allows(collection, action)));
        }
        if (needed instanceof Rpc rpc) {
            return rpc.methods().stream().allMatch(method -> allows(method, rpc.service()));
        }
        if (needed instanceof Blob blob) {
            return contains(Scope.TRANSITION_GENERIC) || blob.accept().stream().allMatch(this::allows);
        }
        if (needed instanceof Account account) {
            return allows(account);
        }
        return needed instanceof Identity && contains(Scope.identity(Scope.ANY));
    }

    private boolean allows(String collection, RepoAction action) {
        return contains(Scope.TRANSITION_GENERIC)
                || scopes.stream().anyMatch(scope -> scope instanceof Repo repo && repo.allows(collection, action));
    }

    private boolean allows(String method, String service) {
        Scope transition = method.startsWith(CHAT) ? Scope.TRANSITION_CHAT : Scope.TRANSITION_GENERIC;
        return contains(transition)
                || scopes.stream().anyMatch(scope -> scope instanceof Rpc rpc && rpc.allows(method, service));
    }

    private boolean allows(String mediaType) {
        return scopes.stream().anyMatch(scope -> scope instanceof Blob blob && blob.allows(mediaType));
    }

    private boolean allows(Account needed) {
        boolean email = !needed.manage() && needed.attribute().equals("email") && contains(Scope.TRANSITION_EMAIL);
        return email
                || scopes.stream()
                        .anyMatch(scope -> scope instanceof Account account
                                && account.attribute().equals(needed.attribute())
                                && (account.manage() || !needed.manage()));
    }

    /** Returns the canonical text of the scopes, separated by spaces. */
    @Override
    public String toString() {
        return text;
    }
}
