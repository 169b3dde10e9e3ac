package dev.atlex.bluesky.internal.post;

import com.atproto.identity.ResolveHandle;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.internal.Parallel;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Resolves the mentions of posts. A mention that can't be resolved must not fail the post, so it stays plain text. */
final class Mentions {
    private static final Logger LOG = System.getLogger(Mentions.class.getName());

    /** The call options for lookups. They limit the time, because one slow domain must not hold up the post. */
    private static final CallOptions LOOKUP = CallOptions.of(o -> o.timeout(Duration.ofSeconds(15)));

    private final Function<? super Handle, @Nullable Did> resolver;
    private final Map<Handle, Supplier<@Nullable Did>> found = new HashMap<>();

    /** @param resolver the resolver, or null to ask the account's server */
    Mentions(Client client, @Nullable Function<? super Handle, @Nullable Did> resolver) {
        this.resolver = resolver != null
                ? resolver
                : handle -> client.call(ResolveHandle.QUERY, p -> p.handle(handle), LOOKUP)
                        .did();
    }

    /** Adds the lookup of each handle that a post mentions. */
    void lookUp(List<NewPost> posts, Parallel lookups) {
        for (NewPost post : posts) {
            for (Handle handle : post.text().mentions()) {
                found.computeIfAbsent(handle, mentioned -> lookups.add(() -> did(mentioned)));
            }
        }
    }

    /** Returns the account of a handle that was looked up, or null if it couldn't be resolved. */
    @Nullable
    Did of(Handle handle) {
        Supplier<@Nullable Did> did = found.get(handle);
        return did == null ? null : did.get();
    }

    private @Nullable Did did(Handle handle) {
        try {
            return resolver.apply(handle);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, () -> "failed to resolve mention of " + handle + ", leaving it as text: " + e);
            return null;
        }
    }
}
