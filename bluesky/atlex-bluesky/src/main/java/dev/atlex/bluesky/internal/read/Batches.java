package dev.atlex.bluesky.internal.read;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.GetProfiles;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.GetPosts;
import app.bsky.labeler.GetServices;
import app.bsky.labeler.GetServices.Output.ViewsItem;
import app.bsky.labeler.LabelerDefs.LabelerViewDetailed;
import dev.atlex.bluesky.internal.DidLookup;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks up many posts, accounts or labelers, as many per request as the AppView permits. Each request is made only when
 * its results are needed.
 */
public final class Batches {
    private static final int SIZE = 25;

    private Batches() {}

    public static Stream<PostView> posts(Client client, Collection<AtUri> uris) {
        Map<AtIdentifier, Optional<Did>> dids = new HashMap<>();
        return batches(uris, batch -> {
            List<AtUri> known = batch.stream()
                    .map(uri -> withDid(uri, dids, client))
                    .filter(Objects::nonNull)
                    .toList();
            return known.isEmpty()
                    ? List.of()
                    : client.call(GetPosts.QUERY, p -> p.uris(known)).posts();
        });
    }

    /** Returns the URI with its author's DID, or null if the author's handle belongs to no account. */
    private static @Nullable AtUri withDid(AtUri uri, Map<AtIdentifier, Optional<Did>> dids, Client client) {
        Optional<Did> did = dids.computeIfAbsent(uri.authority(), author -> find(client, author));
        return did.map(author -> DidLookup.withDid(uri, author)).orElse(null);
    }

    private static Optional<Did> find(Client client, AtIdentifier author) {
        try {
            return Optional.of(new DidLookup(client).did(author));
        } catch (XrpcResponseException e) {
            if (e.status() == 400) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public static Stream<ProfileViewDetailed> profiles(Client client, Collection<? extends AtIdentifier> actors) {
        return batches(
                actors,
                batch -> client.call(GetProfiles.QUERY, p -> p.actors(batch)).profiles());
    }

    /** Returns the labelers with their policies. Accounts that aren't labelers are left out. */
    public static Stream<LabelerViewDetailed> labelers(Client client, Collection<Did> dids) {
        return batches(
                        dids,
                        batch -> client.call(
                                        GetServices.QUERY, p -> p.dids(batch).detailed(true))
                                .views())
                .filter(ViewsItem.LabelerViewDetailed.class::isInstance)
                .map(view -> ((ViewsItem.LabelerViewDetailed) view).value());
    }

    private static <T, R> Stream<R> batches(Collection<? extends T> all, Function<List<T>, List<R>> lookup) {
        List<T> distinct = all.stream().<T>map(item -> item).distinct().toList();
        return IntStream.range(0, (distinct.size() + SIZE - 1) / SIZE)
                .mapToObj(i -> distinct.subList(i * SIZE, Math.min(distinct.size(), (i + 1) * SIZE)))
                .flatMap(batch -> lookup.apply(batch).stream());
    }
}
