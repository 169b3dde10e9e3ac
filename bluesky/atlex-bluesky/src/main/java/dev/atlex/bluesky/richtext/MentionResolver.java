package dev.atlex.bluesky.richtext;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks up the DIDs of handles, several at a time. */
final class MentionResolver {
    private static final System.Logger LOG = System.getLogger(RichText.class.getName());

    private MentionResolver() {}

    /** Returns the DIDs that were found. A handle whose lookup fails is left out, and the other lookups continue. */
    static Map<Handle, Did> resolve(
            List<Handle> handles, Function<? super Handle, ? extends @Nullable Did> resolver, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException(
                    "RichText.resolveMentions: expected a limit of 1 or more (got " + parallelism + ")");
        }
        Map<Handle, Did> dids = new HashMap<>();
        int threads = Math.min(parallelism, handles.size());
        if (threads <= 1) {
            for (Handle handle : handles) {
                put(dids, handle, lookUp(handle, resolver));
            }
            return dids;
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads, MentionResolver::thread);
        try {
            List<Callable<@Nullable Did>> lookups = handles.stream()
                    .map(handle -> (Callable<@Nullable Did>) () -> lookUp(handle, resolver))
                    .toList();
            List<Future<@Nullable Did>> results = executor.invokeAll(lookups);
            for (int i = 0; i < handles.size(); i++) {
                put(dids, handles.get(i), results.get(i).get());
            }
            return dids;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("RichText.resolveMentions: interrupted", e, false);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static void put(Map<Handle, Did> dids, Handle handle, @Nullable Did did) {
        if (did != null) {
            dids.put(handle, did);
        }
    }

    private static @Nullable Did lookUp(Handle handle, Function<? super Handle, ? extends @Nullable Did> resolver) {
        try {
            return resolver.apply(handle);
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "failed to resolve @" + handle + "; the mention stays plain text", e);
            return null;
        }
    }

    private static Thread thread(Runnable lookups) {
        Thread thread = new Thread(lookups, "atlex-mentions");
        thread.setDaemon(true);
        return thread;
    }
}
