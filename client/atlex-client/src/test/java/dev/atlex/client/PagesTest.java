package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.identity.ResolveHandle;
import com.atproto.server.GetSession;
import com.atproto.sync.ListRepos;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.schema.Query;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pagination: cursors, retries, and the end of an iteration. */
class PagesTest {
    private final FakeAgent agent = FakeAgent.anonymous();
    private final FakeTime time = new FakeTime();
    private final Client client = new Client(agent, CallOptions.DEFAULTS, time.timing());

    private static String page(@Nullable String cursor, String... dids) {
        List<String> repos = new ArrayList<>();
        for (String did : dids) {
            repos.add("{\"did\":\"did:plc:" + did + "\",\"rev\":\"3jzfcijpj2z2a\",\"head\":"
                    + "\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"}");
        }
        return "{" + (cursor == null ? "" : "\"cursor\":\"" + cursor + "\",") + "\"repos\":" + repos + "}";
    }

    private Pages<ListRepos.Output> pages() {
        return client.pages(ListRepos.QUERY, p -> p.limit(2L));
    }

    private List<String> queries() {
        return agent.requests.stream()
                .map(request -> request.path().substring(request.path().indexOf('?') + 1))
                .toList();
    }

    @Test
    void pagesFollowTheCursorUntilThereIsNone() {
        agent.json(page("c1", "a", "b")).json(page("c 2", "c")).json(page(null, "d"));
        List<Integer> sizes = new ArrayList<>();
        for (ListRepos.Output page : pages()) {
            sizes.add(page.repos().size());
        }
        assertThat(sizes).containsExactly(2, 1, 1);
        assertThat(queries()).containsExactly("limit=2", "limit=2&cursor=c1", "limit=2&cursor=c+2");
    }

    @Test
    void itemsOfAllPagesCanBeStreamed() {
        agent.json(page("c1", "a", "b")).json(page("c2")).json(page(null, "c"));
        assertThat(pages().items(ListRepos.Output::repos).map(repo -> repo.did().toString()))
                .containsExactly("did:plc:a", "did:plc:b", "did:plc:c");
    }

    @Test
    void pagesAreFetchedLazily() {
        Pages<ListRepos.Output> pages = pages();
        Iterator<ListRepos.Output> iterator = pages.iterator();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(agent.requests).isEmpty();
        agent.json(page("c1", "a", "b"));
        assertThat(pages.items(ListRepos.Output::repos).limit(2)).hasSize(2);
        assertThat(agent.requests).hasSize(1);
        agent.json(page("c1", "a"));
        assertThat(pages.stream().limit(1)).hasSize(1);
        assertThat(agent.requests).hasSize(2);
    }

    @Test
    void newCursorsWithEmptyPagesEndAfterFifty() {
        for (int i = 0; i < 100; i++) {
            agent.json(page("c" + i));
        }
        assertThat(pages().items(ListRepos.Output::repos).limit(10)).isEmpty();
        assertThat(agent.requests).hasSize(50);
    }

    @Test
    void pagesWithOnlyACursorAreEmpty() {
        FakeAgent anonymous = FakeAgent.anonymous();
        for (int i = 0; i < 100; i++) {
            anonymous.json("{\"cursor\":\"c" + i + "\"}");
        }
        Client lenient = new Client(anonymous, CallOptions.of(o -> o.validateResponse(false)));
        assertThat(lenient.pages(ListRepos.QUERY, p -> {}).items(ListRepos.Output::repos))
                .isEmpty();
        assertThat(anonymous.requests).hasSize(50);
    }

    @Test
    void nullInPlaceOfAListIsAnEmptyPage() {
        FakeAgent anonymous = FakeAgent.anonymous();
        for (int i = 0; i < 100; i++) {
            anonymous.json("{\"repos\":null,\"hint\":null,\"cursor\":\"c" + i + "\"}");
        }
        Client lenient = new Client(anonymous, CallOptions.of(o -> o.validateResponse(false)));
        assertThat(lenient.pages(ListRepos.QUERY, p -> {})).hasSize(50);
        FakeAgent untyped = FakeAgent.anonymous();
        for (int i = 0; i < 100; i++) {
            untyped.json("{\"items\":null,\"hint\":null,\"cursor\":\"c" + i + "\"}");
        }
        Client lenientToo = new Client(untyped, CallOptions.of(o -> o.validateResponse(false)));
        assertThat(new DynamicClient(lenientToo, DynamicClientTest.SCHEMAS).pages("com.example.list", LexMap.of()))
                .hasSize(50);
    }

    @Test
    void nonEmptyPageResetsTheCountOfEmptyPages() {
        for (int i = 0; i < 49; i++) {
            agent.json(page("a" + i));
        }
        agent.json(page("b", "x"));
        for (int i = 0; i < 49; i++) {
            agent.json(page("c" + i));
        }
        agent.json(page(null, "y"));
        assertThat(pages().items(ListRepos.Output::repos)).hasSize(2);
    }

    @Test
    void alternatingCursorsEndTheIteration() {
        agent.json(page("a", "x")).json(page("b", "y")).json(page("a", "x"));
        assertThat(pages()).hasSize(3);
        agent.json(page("a")).json(page("b")).json(page("c")).json(page("b"));
        assertThat(pages()).hasSize(4);
        assertThat(agent.requests).hasSize(7);
    }

    @Test
    void cursorOfTheFirstPageEndsTheIteration() {
        agent.json(page("b", "x")).json(page("a", "y"));
        assertThat(client.pages(ListRepos.QUERY, p -> p.cursor("a"))).hasSize(2);
    }

    @Test
    void emptyListedAndUntypedPagesEndTheIteration() {
        FakeAgent alice = FakeAgent.alice();
        Client other = new Client(alice, CallOptions.DEFAULTS, time.timing());
        for (int i = 0; i < 100; i++) {
            alice.json("{\"records\":[],\"cursor\":\"c" + i + "\"}");
        }
        assertThat(other.listAll(Note.TID, ListOptions.of(o -> {}))).hasSize(50);
        FakeAgent anonymous = FakeAgent.anonymous();
        for (int i = 0; i < 100; i++) {
            anonymous.json("{\"items\":[],\"cursor\":\"c" + i + "\"}");
        }
        assertThat(new DynamicClient(new Client(anonymous), DynamicClientTest.SCHEMAS)
                        .pages("com.example.list", LexMap.of()))
                .hasSize(50);
    }

    @Test
    void limitedStreamFetchesOnlyTheNeededPages() {
        agent.json(page("c1", "a", "b")).json(page("c2", "c", "d"));
        assertThat(pages().items(ListRepos.Output::repos).limit(4)).hasSize(4);
        assertThat(agent.requests).hasSize(2);
        agent.json(page("c1", "a", "b", "c"));
        assertThat(pages().items(ListRepos.Output::repos).findFirst()).isPresent();
        assertThat(agent.requests).hasSize(3);
    }

    @Test
    void veryLongIterationsDetectLoops() {
        SeenCursors seen = new SeenCursors("start");
        for (int i = 0; i < 200_000; i++) {
            assertThat(seen.add("cursor-" + i)).isTrue();
        }
        assertThat(seen.add("cursor-199999")).isFalse();
    }

    @Test
    void repeatedCursorEndsTheIteration() {
        agent.json(page("c1", "a")).json(page("c1", "a"));
        assertThat(pages()).hasSize(2);
        agent.json(page("", "a"));
        assertThat(pages()).hasSize(1);
    }

    @Test
    void iterationMayStartAtACursor() {
        agent.json(page("c7", "a"));
        assertThat(client.pages(ListRepos.QUERY, p -> p.cursor("c7"))).hasSize(1);
        assertThat(agent.only().path()).contains("cursor=c7");
    }

    @Test
    void eachIterationStartsAtTheFirstPage() {
        Pages<ListRepos.Output> pages = pages();
        for (int i = 0; i < 2; i++) {
            agent.json(page("c1", "a")).json(page(null, "b"));
            assertThat(pages).hasSize(2);
        }
        assertThat(queries()).containsExactly("limit=2", "limit=2&cursor=c1", "limit=2", "limit=2&cursor=c1");
    }

    @Test
    void finishedIterationHasNoNextPage() {
        agent.json(page(null));
        Iterator<ListRepos.Output> iterator = pages().iterator();
        iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        assertThat(agent.requests).hasSize(1);
    }

    @Test
    void failedPageIsThrownAndCanBeFetchedAgain() {
        agent.json(page("c1", "a")).json(400, "{\"error\":\"Whim\"}").json(page(null, "b"));
        Iterator<ListRepos.Output> iterator = pages().iterator();
        iterator.next();
        assertThatExceptionOfType(XrpcResponseException.class)
                .isThrownBy(iterator::next)
                .matches(e -> e.is("Whim"));
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next().repos()).hasSize(1);
        assertThat(queries()).containsExactly("limit=2", "limit=2&cursor=c1", "limit=2&cursor=c1");
    }

    @Test
    void unknownParametersAreSentWithEveryPage() {
        agent.json(page("c1")).json(page(null));
        client.pages(ListRepos.QUERY, p -> p.unknownField("x", new LexString("1")))
                .forEach(page -> {});
        assertThat(queries()).allSatisfy(query -> assertThat(query).contains("x=1"));
    }

    @Test
    void pageIsRetriedThreeTimesByDefault() {
        agent.json(503, "{}").json(503, "{}").json(503, "{}").json(page(null));
        assertThat(pages()).hasSize(1);
        assertThat(time.waits).hasSize(3);

        agent.json(503, "{}");
        assertThatThrownBy(() -> client.pages(ListRepos.QUERY, p -> {}, CallOptions.of(o -> o.retries(0)))
                        .iterator()
                        .next())
                .isInstanceOf(XrpcResponseException.class);
        agent.json(503, "{}");
        assertThatThrownBy(() -> client.with(o -> o.retries(0))
                        .pages(ListRepos.QUERY, p -> {})
                        .iterator()
                        .next())
                .isInstanceOf(XrpcResponseException.class);
        assertThat(time.waits).hasSize(3);
    }

    @Test
    void optionsApplyToEveryPage() {
        agent.json(page("c1")).json(page(null));
        client.pages(ListRepos.QUERY, p -> {}, CallOptions.of(o -> o.header("x", "1")))
                .forEach(page -> {});
        assertThat(agent.requests)
                .allMatch(request -> "1".equals(request.headers().first("x")));
    }

    @Test
    void queryWithoutCursorHasNoPages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.pages(ResolveHandle.QUERY, p -> p.handle("bob.test")))
                .withMessageContaining("com.atproto.identity.resolveHandle");
        assertThatIllegalArgumentException().isThrownBy(() -> client.pages(GetSession.QUERY, p -> {}));
        Query<ListRepos.Params, ListRepos.Params.Builder, ResolveHandle.Output> halfway =
                new Query<>("com.example.halfway", ListRepos.Params.CODEC, ResolveHandle.QUERY.output(), List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> client.pages(halfway, p -> {}));
        assertThat(agent.requests).isEmpty();
    }
}
