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
 * The pages of a paginated result, each fetched when it is needed. Every iteration starts with the first page. If
 * fetching fails, {@code next()} throws the exception; calling it again fetches the same page.
 *
 * <p>The last page is the one without a cursor. Some servers never omit it, so an iteration also ends at a cursor that
 * was seen before. After {@value #MAX_EMPTY} empty pages in a row, it ends with a warning in the log; servers that
 * filter their pages send far fewer. A page is empty if all of its arrays are.
 *
 * @param <T> the type of a page
 * @see <a href="https://atproto.com/specs/xrpc#cursors-and-pagination">XRPC: cursors and pagination</a>
 */
public final class Pages<T> implements Iterable<T> {
    /**
     * The number of retries for a failed page, the same as upstream's. Without them, one temporary failure could waste
     * a hundred pages.
     */
    static final int RETRIES = 3;

    /** The number of empty pages in a row that ends an iteration. */
    static final int MAX_EMPTY = 50;

    private static final String CURSOR = "cursor";
    private static final System.Logger LOG = System.getLogger(Pages.class.getName());

    private final @Nullable String start;
    private final Function<@Nullable String, ? extends T> fetch;
    private final Function<? super T, @Nullable String> next;
    private final Predicate<? super T> empty;

    /**
     * @param fetch the function that fetches the page at a cursor
     * @param next the function that returns the cursor of a page
     * @param empty the function that tests whether a page is empty
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
        CallOptions patient = DerivedOptions.withRetries(options, client.defaults(), RETRIES);
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
        CallOptions patient =
                DerivedOptions.withRetries(options, client.client().defaults(), RETRIES);
        return new Pages<>(
                parameters.getString(CURSOR),
                cursor -> client.object(nsid, withCursor(parameters, cursor), patient),
                page -> page.getString(CURSOR),
                Pages::isEmpty);
    }

    /** Returns whether all lists of a page are empty or absent; false if it has other fields but no lists. */
    private static boolean isEmpty(List<String> names, LexObject page) {
        boolean lists = false;
        // Lenient reading keeps nulls in unknown fields, including a null in place of a list.
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
                // A repeated cursor leads to the same pages forever.
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

    /** Returns the pages as a stream. */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * Returns the items of all pages as a stream: {@code pages.items(GetTimeline.Output::feed)}.
     *
     * @param items the function that returns the items of a page; null, for an absent list, counts as empty
     */
    public <I> Stream<I> items(Function<? super T, ? extends @Nullable Collection<? extends I>> items) {
        return stream().flatMap(page -> {
            Collection<? extends I> found = items.apply(page);
            return found == null ? Stream.empty() : found.stream();
        });
    }
}
