package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.Profile;
import app.bsky.feed.GetFeed;
import app.bsky.feed.Post;
import com.atproto.server.CheckAccountStatus;
import dev.atlex.client.Client;
import dev.atlex.client.LazyAgent;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionHooks;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.pool.PoolOptions;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the Javadoc, for {@link DocsTest}. Those that need the real network or a person are only compiled. */
class JavadocExamplesTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private final Log log = new Log();

    /** Stands for any logger. */
    private static final class Log {
        private final List<String> lines = new ArrayList<>();

        void info(String line) {
            lines.add(line);
        }
    }

    @Test
    void botReplies(LocalPds pds, TestAccount alice) {
        try (PasswordSession session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password())) {
            assertThat(session.did()).isEqualTo(alice.did());
        }
    }

    @Test
    void createsOnce(LocalPds pds, TestAccount alice) {
        try (PasswordSession session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password())) {
            Client client = new Client(session);
            Client once = client.with(o -> o.idempotentCreates(true));
            once.create(Post.RECORD, p -> p.text("Good morning!").createdAt(Datetime.now()));
            assertThat(client.list(Post.RECORD).values()).hasSize(1);
        }
    }

    @Test
    void updatesARecord(LocalPds pds, TestAccount alice) {
        try (PasswordSession session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password())) {
            Client client = new Client(session);
            client.put(Profile.RECORD, p -> p.description("Writes examples"));
            client.update(
                    Profile.RECORD, old -> old.toBuilder().displayName("Alice").build());
            assertThat(client.get(Profile.RECORD).value().displayName()).isEqualTo("Alice");
            assertThat(client.get(Profile.RECORD).value().description()).isEqualTo("Writes examples");
        }
    }

    @Test
    void opensPool(LocalPds pds, TestAccount alice) {
        SessionStore store = new MemorySessionStore();
        String service = pds.url().toString();
        String handle = alice.handle();
        String appPassword = alice.password();
        int calls = 0;
        try (AccountPool pool = AccountPool.create(store, PoolOptions.of(o -> o.rateLimiter(RateLimiter.create())))) {
            pool.open(Credentials.of(service, handle, appPassword)); // once for each account; the store remembers it
            for (Did did : pool.accounts()) {
                Client client = pool.client(did);
                client.call(CheckAccountStatus.QUERY);
                calls++;
            }
        }
        assertThat(calls).isOne();
    }

    @Test
    void opensSession(LocalPds pds, TestAccount alice, @TempDir Path temporary) {
        Path folder = temporary.resolve("sessions");
        String service = pds.url().toString();
        String handle = alice.handle();
        String appPassword = alice.password();
        SessionStore store = new FileSessionStore(folder);
        PasswordSession session = PasswordSession.open(Credentials.of(service, handle, appPassword), store);
        Client client = new Client(session);
        assertThat(client.requireDid()).isEqualTo(alice.did());
    }

    @Test
    void signsInAtTheFirstCall(LocalPds pds, TestAccount alice) {
        SessionStore store = new MemorySessionStore();
        Credentials credentials = Credentials.of(pds.url().toString(), alice.handle(), alice.password());
        LazyAgent<PasswordSession> agent = LazyAgent.of(() -> PasswordSession.open(credentials, store));
        Client client = new Client(agent);
        assertThat(pds.requests()).isEmpty();
        assertThat(client.call(CheckAccountStatus.QUERY).activated()).isTrue();
        assertThat(agent.obtain().did()).isEqualTo(alice.did());
        agent.close();
    }

    @Test
    void limitsRates(LocalPds pds, TestAccount alice) {
        try (PasswordSession session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password())) {
            RateLimiter rateLimiter = RateLimiter.create();
            Client client = new Client(rateLimiter.wrap(session));
            assertThat(client.call(CheckAccountStatus.QUERY).activated()).isTrue();
        }
    }

    @Test
    void savesByHooks(LocalPds pds, TestAccount alice) {
        Map<Did, String> saved = new HashMap<>();
        SessionHooks hooks = new SessionHooks() {
            @Override
            public void onUpdated(PasswordSession session, SessionData data) {
                saved.put(data.did(), data.toJson());
            }

            @Override
            public void onDeleted(PasswordSession session, SessionData data) {
                saved.remove(data.did());
            }
        };
        PasswordSession session = PasswordSession.login(
                Credentials.of(pds.url().toString(), alice.handle(), alice.password()),
                SessionOptions.of(o -> o.hooks(hooks)));
        assertThat(saved).containsKey(session.did());
        session.logout();
        assertThat(saved).isEmpty();
    }

    static void secondFactor(Credentials credentials) {
        PasswordSession.login(credentials, o -> o.authFactor(asked -> prompt(asked.getMessage())));
    }

    static SessionOptions withAStore(SessionStore store, Log log) {
        SessionOptions options = SessionOptions.of(o -> o.store(store).listener(event -> log.info(event.toString())));
        return options;
    }

    @Test
    void logsEvents(LocalPds pds, TestAccount alice) {
        SessionOptions options = SessionOptions.of(o -> o.listener(event -> log.info(event.toString())));
        PasswordSession.login(Credentials.of(pds.url().toString(), alice.handle(), alice.password()), options)
                .close();
        assertThat(log.lines).isNotEmpty();
    }

    @Test
    void createsAppPassword() {
        try (LocalPds pds = LocalPds.start()) {
            TestAccount alice = pds.createAccount("alice.test", "alice-password");
            String appPassword = pds.createAppPassword(alice.did(), "bot");
            PasswordSession.login(pds.url().toString(), alice.handle(), appPassword)
                    .close();
        }
    }

    @Test
    void breaksRequests(LocalPds pds) {
        pds.faults().next("com.atproto.server.refreshSession", Fault.dropAfterProcessing());
        pds.faults().inject("app.bsky.feed.getTimeline", 3, Fault.status(503));
        assertThat(pds.faults().exhausted()).isFalse();
    }

    @Test
    void implementsMissingMethods(LocalPds pds, TestAccount alice) {
        pds.handle("app.bsky.feed.getFeed", call -> LexMap.of("feed", LexArray.of()));
        try (PasswordSession session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password())) {
            assertThat(new Client(session)
                            .call(GetFeed.QUERY, query -> query.feed("at://feeds.test/app.bsky.feed.generator/news"))
                            .feed())
                    .isEmpty();
        }
    }

    @Test
    void changesTheServer(LocalPds pds) {
        pds.faults().next("com.atproto.server.refreshSession", Fault.dropAfterProcessing());
        pds.behavior().accessTokenLifetime(Duration.ofMinutes(1));
        assertThat(pds.faults().exhausted()).isFalse();
    }

    @Test
    void configuresTheServer() {
        try (LocalPds pds = LocalPds.start()) {
            pds.behavior().accessTokenLifetime(Duration.ofMinutes(1)).rateLimits(true);
            assertThat(pds.behavior()).isNotNull();
        }
    }

    @Test
    void advancesTheClock() {
        MutableClock clock = MutableClock.atPresent();
        LocalPds pds = LocalPds.start(o -> o.clock(clock));
        // sign in
        clock.advance(Duration.ofHours(3));
        pds.close();
    }

    /** Needs the real network, so it is only compiled. */
    static void login(String appPassword) {
        try (PasswordSession session = PasswordSession.login("https://bsky.social", "alice.bsky.social", appPassword)) {
            Client client = new Client(session);
            client.call(CheckAccountStatus.QUERY);
        }
    }

    /** Needs a person, so it is only compiled. */
    static SessionOptions secondFactor() {
        SessionOptions options = SessionOptions.of(o -> o.authFactor(asked -> prompt(asked.getMessage())));
        return options;
    }

    private static String prompt(String question) {
        throw new UnsupportedOperationException(question);
    }
}
