package dev.atlex.client;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.Query;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.runtime.RuntimeSchemas;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pages of something that is had page by page. Each iteration starts anew with the first page; a page is fetched when
 * it is asked for, and iterating throws what fetching throws; the iterator may be asked again then, for the same page.
 *
 * <p>The last page is the one without a cursor. Servers may fail to send one, so an iteration also ends after a page whose
 * cursor was there before, and after {@value #MAX_EMPTY} empty pages in a row, which is logged: far more than a server
 * sends that filters what is on them. A page is empty if all of its arrays are.
 *
 * @param <T> a page
 */
public final class Pages<T> implements Iterable<T> {
    /** As upstream: a hundred pages should not be lost to one hiccup. */
    static final int RETRIES = 3;

    /** How many empty pages in a row end an iteration. */
    static final int MAX_EMPTY = 50;

    private static final String CURSOR = "cursor";
    private static final System.Logger LOG = System.getLogger(Pages.class.getName());

    private final @Nullable String start;
    private final Function<@Nullable String, ? extends T> fetch;
    private final Function<? super T, @Nullable String> next;
    private final Predicate<? super T> empty;

    /**
     * @param fetch gets the page at a cursor
     * @param next the cursor that a page leads to
     * @param empty whether there is nothing on a page
     */
    Pages(
            @Nullable String start,
            Function<@Nullable String, ? extends T> fetch,
            Function<? super T, @Nullable String> next,
            Predicate<? super T> empty) {
        this.start = start;
        this.fetch = fetch;
        this.next = next;
        this.empty = empty;
    }

    static <P extends LexObject, B extends ObjectBuilder<P, B>, O extends LexObject> Pages<O> of(
            Client client, Query<P, B, O> query, Consumer<? super B> parameters, CallOptions options) {
        List<String> fields = query.output().fieldNames();
        if (!query.parameters().hasField(CURSOR) || !fields.contains(CURSOR)) {
            throw new IllegalArgumentException(query.nsid() + " has no cursor");
        }
        B builder = query.parameters().newBuilder();
        parameters.accept(builder);
        P first = builder.build();
        CallOptions patient = options.orRetries(client.defaults(), RETRIES);
        return new Pages<>(
                (String) first.field(CURSOR),
                cursor -> client.xrpc(Call.query(query, withCursor(query.parameters(), first, cursor)), patient)
                        .body(),
                page -> (String) page.field(CURSOR),
                page -> isEmpty(fields, page));
    }

    static Pages<LexMap> of(DynamicClient client, String nsid, LexMap parameters, CallOptions options) {
        if (!hasCursor(client.schemas(), nsid)) {
            throw new IllegalArgumentException(nsid + " has no cursor");
        }
        CallOptions patient = options.orRetries(client.client().defaults(), RETRIES);
        return new Pages<>(
                parameters.getString(CURSOR),
                cursor -> client.object(nsid, withCursor(parameters, cursor), patient),
                page -> page.getString(CURSOR),
                Pages::isEmpty);
    }

    /** Whether all lists of the page are empty or absent; one that has other fields and no lists can't be judged. */
    private static boolean isEmpty(List<String> names, LexObject page) {
        boolean lists = false;
        // A null is set aside there by lenient reading, also one in place of a list.
        boolean others = page.unknownFields().values().stream().anyMatch(value -> !(value instanceof LexNull));
        for (String name : names) {
            Object value = page.field(name);
            if (value instanceof Collection<?> list) {
                lists = true;
                if (!list.isEmpty()) {
                    return false;
                }
            } else {
                others |= value != null && !name.equals(CURSOR);
            }
        }
        return lists || !others;
    }

    private static boolean isEmpty(LexMap page) {
        boolean lists = false;
        boolean others = false;
        for (Map.Entry<String, LexValue> field : page.entrySet()) {
            if (field.getValue() instanceof LexArray array) {
                lists = true;
                if (!array.isEmpty()) {
                    return false;
                }
            } else {
                others |= !(field.getValue() instanceof LexNull)
                        && !field.getKey().equals(CURSOR);
            }
        }
        return lists || !others;
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

    private static <P extends LexObject> P withCursor(ObjectSchema<P, ?> codec, P parameters, @Nullable String cursor) {
        if (cursor == null) {
            return parameters;
        }
        return codec.fromValue(withCursor(parameters.toLexMap(), cursor), ReadOptions.STRICT.withValidate(false));
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private @Nullable String cursor = start;
            private final SeenCursors seen = new SeenCursors(start);
            private int emptyPages;
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
                emptyPages = empty.test(page) ? emptyPages + 1 : 0;
                // A cursor that was there before leads to the same pages again and again.
                done = following == null || following.isEmpty() || !seen.add(following);
                if (!done && emptyPages >= MAX_EMPTY) {
                    done = true;
                    LOG.log(Level.WARNING, "stopped after {0} empty pages in a row, each with a cursor", emptyPages);
                }
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
