package dev.atlex.session.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests for sessions on a store: entries that aren't sessions, and sessions of one account that share an entry. */
abstract class SharedEntryTck extends LeaseTck {
    private static final String OLD = "https://old.test";
    private static final String NEW = "https://new.test";
    private static final Did ACCOUNT = Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Key KEY = Key.session(ACCOUNT);

    private final AtomicInteger issued = new AtomicInteger();

    private TransportResponse respond(TransportRequest request) {
        boolean tokens = request.uri().getPath().endsWith("createSession")
                || request.uri().getPath().endsWith("refreshSession");
        String id = String.valueOf(issued.incrementAndGet());
        return TransportResponse.of(
                200,
                HttpHeaders.of("content-type", "application/json"),
                (tokens ? session("access-" + id, "refresh-" + id, "") : "{}").getBytes(UTF_8));
    }

    private static String session(String access, String refresh, String more) {
        return "{\"did\":\"" + ACCOUNT + "\",\"handle\":\"someone.test\",\"accessJwt\":\"" + access
                + "\",\"refreshJwt\":\""
                + refresh + "\",\"emailConfirmed\":true,\"didDoc\":{\"id\":\"" + ACCOUNT
                + "\",\"service\":[{\"id\":\"#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\""
                + NEW
                + "\"}]}" + more + "}";
    }

    private static SessionData at(String service, String id) {
        return SessionData.parse(session("access-" + id, "refresh-" + id, ",\"service\":\"" + service + "\""));
    }

    private SessionOptions with(SessionStore store) {
        return SessionOptions.of(options -> options.store(store).transport(this::respond));
    }

    @Test
    public void list_withInvalidSessions_returnsTheOthers() throws Exception {
        SessionStore store = store();
        SessionData good = at(NEW, "good");
        store.save(good);
        List<String> values = List.of("{}", "[]", "7", "null", "{\"session\":{\"did\":\"did:plc:other\"}}");
        for (String value : values) {
            Key key = new Key(Kind.SESSION, "did:plc:other" + values.indexOf(value));
            saved(store, key, SessionStore.NONE, value);
        }

        assertThat(elsewhere().list()).containsExactly(good);
        for (int i = 0; i < values.size(); i++) {
            elsewhere().delete(Did.of("did:plc:other" + i));
        }
        assertThat(all(store, Kind.SESSION)).extracting(Entry::key).containsExactly(KEY);
    }

    @Test
    public void sessionOfAnotherService_keepsTheEntry() throws Exception {
        SessionStore store = store();
        store.save(at(NEW, "new"));
        Entry before = store.load(KEY);

        PasswordSession old = PasswordSession.of(at(OLD, "old"), with(elsewhere()));
        assertThat(old.refresh().refreshed()).isTrue();
        assertThat(old.isSaved()).isFalse();
        assertThat(store.load(KEY)).isEqualTo(before);
        old.close();
        assertThat(old.logout()).isTrue();
        PasswordSession.delete(at(OLD, "older"), with(elsewhere()));

        assertThat(elsewhere().load(KEY)).isEqualTo(before);
        assertThat(all(store, Kind.LOGOUT)).isEmpty();
    }

    @Test
    public void signIn_replacesTheEntryOfAnotherService() throws Exception {
        SessionStore store = store();
        store.save(at(OLD, "old"));

        PasswordSession session =
                PasswordSession.open(Credentials.of(NEW, ACCOUNT.toString(), "app-password"), store, with(store));

        assertThat(session.isSaved()).isTrue();
        assertThat(elsewhere().load(ACCOUNT)).isEqualTo(session.data());
    }

    @Test
    public void delete_ofOldData_keepsAnUnrelatedSession() throws Exception {
        SessionStore store = store();
        store.save(at(NEW, "newer"));
        Entry before = store.load(KEY);

        PasswordSession.delete(at(NEW, "older"), with(elsewhere()));

        assertThat(store.load(KEY)).isEqualTo(before);
        PasswordSession.delete(at(NEW, "newer"), with(elsewhere()));
        assertThat(store.load(KEY)).isNull();
    }
}
