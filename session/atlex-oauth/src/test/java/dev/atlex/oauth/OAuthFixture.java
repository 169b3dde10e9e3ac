package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.CallObserver;
import dev.atlex.client.Client;
import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.internal.dpop.DpopContext;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.AuthServerClient;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.server.PushedRequest;
import dev.atlex.oauth.internal.server.RefreshReply;
import dev.atlex.oauth.internal.server.TokenReply;
import dev.atlex.oauth.internal.session.IssuedTokens;
import dev.atlex.oauth.internal.session.OAuthContext;
import dev.atlex.oauth.internal.session.SessionEntries;
import dev.atlex.oauth.internal.session.SessionKeys;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsOptions;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A server with two accounts, a store, and programs that share it. */
final class OAuthFixture implements AutoCloseable {
    static final String TOKEN = "/oauth/token";
    static final String REVOKE = "/oauth/revoke";
    static final String GET_SESSION = "com.atproto.server.getSession";
    private static final String REDIRECT = "http://127.0.0.1/callback";
    private static final String SCOPE = "atproto transition:generic";
    static final String CLIENT_ID =
            "http://localhost?" + form(Map.of("redirect_uri", REDIRECT)) + "&" + form(Map.of("scope", SCOPE));

    final MutableClock clock = MutableClock.atPresent();
    final LocalPds pds;
    final TestAccount alice;
    final TestAccount bob;
    final HookedStore store;
    final List<SessionEvent> events = new CopyOnWriteArrayList<>();

    OAuthFixture() {
        this(new MemorySessionStore(), options -> {});
    }

    OAuthFixture(EntryStore store, Consumer<LocalPdsOptions.Builder> options) {
        this.store = new HookedStore(store);
        this.pds = LocalPds.start(o -> options.accept(o.clock(clock)));
        this.alice = pds.createAccount("alice.test", "alice-password");
        this.bob = pds.createAccount("bob.test", "bob-password");
    }

    /** Time as a test sets it. Waits end at once. */
    TimeSource timing() {
        return new TimeSource(clock, () -> clock.instant().toEpochMilli() * 1_000_000, clock::advance, () -> 0.5);
    }

    AuthServer server() {
        return server(pds.url());
    }

    static AuthServer server(URI issuer) {
        return new AuthServer(
                issuer,
                issuer.resolve("/oauth/authorize"),
                issuer.resolve("/oauth/par"),
                issuer.resolve(TOKEN),
                issuer.resolve(REVOKE));
    }

    /** Returns the context of another program that shares the store. It knows no nonces. */
    OAuthContext program() {
        return program(store, UnaryOperator.identity());
    }

    OAuthContext program(EntryStore shared, UnaryOperator<Transport> transport) {
        IdentityResolver identity = IdentityResolver.builder()
                .plcUrl(pds.plcUrl())
                .allowPrivateAddresses(true)
                .build();
        return program(shared, transport.apply(Transport.jdk()), timing(), identity, events::add);
    }

    static OAuthContext program(
            EntryStore shared,
            Transport transport,
            TimeSource timing,
            IdentityResolver identity,
            dev.atlex.session.SessionListener listener) {
        DpopContext dpop = DpopContext.of(timing);
        return new OAuthContext(
                shared,
                transport,
                listener,
                CallObserver.NONE,
                identity,
                timing,
                new AuthServerClient(transport, timing, dpop),
                dpop,
                CLIENT_ID,
                (issuer, maxAge) -> server(issuer),
                (method, kid) -> ClientAuth.none(CLIENT_ID));
    }

    /** Signs in and saves the session, as a callback does. */
    Entry signIn(TestAccount account) {
        return signIn(account, program(), ClientAuth.none(CLIENT_ID), REDIRECT);
    }

    Entry signIn(TestAccount account, OAuthContext context, ClientAuth auth, String redirect) {
        P256PrivateKey key = P256PrivateKey.generate();
        String verifier = Base64Url.random(32);
        PushedRequest pushed = context.server()
                .push(
                        server(),
                        auth,
                        key,
                        Map.of(
                                "response_type",
                                "code",
                                "redirect_uri",
                                redirect,
                                "scope",
                                SCOPE,
                                "state",
                                Base64Url.random(16),
                                "code_challenge",
                                Base64Url.sha256(verifier),
                                "code_challenge_method",
                                "S256"),
                        Deadline.NONE);
        URI page = URI.create(server().authorizationEndpoint() + "?"
                + form(Map.of("client_id", auth.clientId(), "request_uri", pushed.requestUri())));
        Map<String, String> callback = Arrays.stream(
                        pds.authorize(page, account).getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        TokenReply tokens = context.server()
                .exchange(server(), auth, key, callback.get("code"), verifier, URI.create(redirect), Deadline.NONE);
        Did did = Did.of(tokens.sub());
        return new SessionEntries(context)
                .saveNew(
                        IssuedTokens.issued(tokens, did, pds.url(), pds.pdsUrl(), auth, key),
                        server(),
                        tokens.receivedAt(),
                        null,
                        account.handle());
    }

    /** Signs in, and opens the session in the same program. */
    OAuthSession opened(TestAccount account) {
        OAuthContext context = program();
        OAuthSession session =
                OAuthSession.signedIn(context, signIn(account, context, ClientAuth.none(CLIENT_ID), REDIRECT));
        pds.clearRequests();
        return session;
    }

    /** Resumes the stored session in another program. */
    OAuthSession resumed(TestAccount account) {
        return resumed(account, program());
    }

    OAuthSession resumed(TestAccount account, OAuthContext context) {
        return OAuthSession.resumed(context, stored(account));
    }

    Entry stored(TestAccount account) {
        return store.load(Key.oauth(account.did(), null));
    }

    /** Returns a transport that handles the requests to a path in its own way. */
    static UnaryOperator<Transport> intercepting(String path, UnaryOperator<Transport> own) {
        return transport -> {
            Transport special = own.apply(transport);
            return request -> request.uri().getPath().equals(path) ? special.send(request) : transport.send(request);
        };
    }

    static boolean isTo(TransportRequest request, String path) {
        return request.uri().getPath().equals(path);
    }

    /** Refreshes with a copy of a session, as a program does that doesn't share the store. */
    static void refreshCopy(OAuthFixture oauth, OAuthSessionData copy) {
        RefreshReply reply = oauth.program()
                .server()
                .refresh(
                        oauth.server(),
                        ClientAuth.none(CLIENT_ID),
                        SessionKeys.of(copy),
                        copy.refreshToken(),
                        Deadline.NONE);
        assertThat(reply).isInstanceOf(RefreshReply.Rotated.class);
    }

    /** Returns a program whose server changes a field of its responses to refreshes. */
    static OAuthContext changingTokens(OAuthFixture oauth, String field, String value) {
        return oauth.program(oauth.store, intercepting(TOKEN, transport -> request -> {
            try (TransportResponse response = transport.send(request)) {
                LexMap body = (LexMap) LexValue.parseJson(new String(response.readAll(), StandardCharsets.UTF_8));
                return TransportResponse.of(
                        response.status(),
                        response.headers(),
                        (response.status() == 200
                                        ? body.toBuilder().put(field, value).build()
                                        : body)
                                .toJson()
                                .getBytes(StandardCharsets.UTF_8));
            }
        }));
    }

    /** Makes a call, and fails if the server doesn't know the session. */
    static void call(OAuthSession session) {
        new Client(session).call(com.atproto.server.GetSession.QUERY);
    }

    /** Returns how many refreshes and code exchanges were sent. */
    int tokenRequests() {
        return pds.count(TOKEN);
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    /** Lets the access token expire. */
    void expire() {
        clock.advance(Duration.ofMinutes(61));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        pds.close();
    }
}
