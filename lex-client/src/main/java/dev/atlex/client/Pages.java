package dev.atlex.client;

import dev.atlex.data.LexMap;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectCodec;
import dev.atlex.schema.Query;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.runtime.RuntimeSchemas;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pages of something that is had page by page. Each iteration starts anew with the first page; a page is fetched when
 * it is asked for, and iterating throws what fetching throws; the iterator may be asked again then, for the same page.
 *
 * @param <T> a page
 */
public final class Pages<T> implements Iterable<T> {
    /** As upstream: a hundred pages should not be lost to one hiccup. */
    static final int RETRIES = 3;

    private static final String CURSOR = "cursor";

    private final @Nullable String start;
    private final Function<@Nullable String, ? extends T> fetch;
    private final Function<? super T, @Nullable String> next;

    Pages(
            @Nullable String start,
            Function<@Nullable String, ? extends T> fetch,
            Function<? super T, @Nullable String> next) {
        this.start = start;
        this.fetch = fetch;
        this.next = next;
    }

    static <P extends LexObject, B extends ObjectBuilder<P, B>, O extends LexObject> Pages<O> of(
            Client client, Query<P, B, O> query, Consumer<? super B> parameters, CallOptions options) {
        if (!query.parameters().hasField(CURSOR)
                || !(query.output().codec() instanceof ObjectCodec<?, ?> output)
                || !output.hasField(CURSOR)) {
            throw new IllegalArgumentException(query.nsid() + " has no cursor");
        }
        B builder = query.parameters().newBuilder();
        parameters.accept(builder);
        P first = builder.build();
        CallOptions patient = options.orRetries(client.defaults(), RETRIES);
        return new Pages<>(
                (String) first.field(CURSOR),
                cursor -> client.xrpc(Call.with(query, withCursor(query.parameters(), first, cursor)), patient)
                        .body(),
                page -> (String) page.field(CURSOR));
    }

    static Pages<LexMap> of(DynamicClient client, String nsid, LexMap parameters, CallOptions options) {
        if (!hasCursor(client.schemas(), nsid)) {
            throw new IllegalArgumentException(nsid + " has no cursor");
        }
        CallOptions patient = options.orRetries(client.client().defaults(), RETRIES);
        return new Pages<>(
                parameters.getString(CURSOR),
                cursor -> client.object(nsid, withCursor(parameters, cursor), patient),
                page -> page.getString(CURSOR));
    }

    private static boolean hasCursor(RuntimeSchemas schemas, String nsid) {
        if (!(schemas.method(nsid) instanceof Query<?, ?, ?> query)
                || !query.parameters().hasField(CURSOR)
                || !(schemas.documents().resolve(nsid) instanceof QueryDef definition)
                || definition.output() == null) {
            return false;
        }
        Definition schema = definition.output().schema();
        Definition output = schema instanceof RefDef ref ? schemas.documents().resolve(ref.ref()) : schema;
        return output instanceof ObjectDef object && object.properties().containsKey(CURSOR);
    }

    private static LexMap withCursor(LexMap parameters, @Nullable String cursor) {
        return cursor == null
                ? parameters
                : parameters.toBuilder().put(CURSOR, cursor).build();
    }

    private static <P extends LexObject> P withCursor(ObjectCodec<P, ?> codec, P parameters, @Nullable String cursor) {
        if (cursor == null) {
            return parameters;
        }
        return codec.fromValue(withCursor(parameters.toLexMap(), cursor), ReadOptions.STRICT.withValidate(false));
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private @Nullable String cursor = start;
            private boolean done;

            @Override
            public boolean hasNext() {
                return !done;
            }

            @Override
            public T next() {
                if (done) {
                    throw new NoSuchElementException();
                }
                T page = fetch.apply(cursor);
                String following = next.apply(page);
                // A server that gives the same cursor again would be asked for the same page for ever.
                done = following == null || following.isEmpty() || following.equals(cursor);
                cursor = following;
                return page;
            }
        };
    }

    /** The pages as a stream. */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * What is on the pages, one after the other: {@code pages.items(GetTimeline.Output::feed)}.
     *
     * @param items takes them from a page; null, as where an optional list is absent, stands for none
     */
    public <I> Stream<I> items(Function<? super T, ? extends @Nullable Collection<? extends I>> items) {
        return stream().flatMap(page -> {
            Collection<? extends I> found = items.apply(page);
            return found == null ? Stream.empty() : found.stream();
        });
    }
}
