package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.data.LexMap;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SavedCursor;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StreamCursor;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the documentation, word for word. */
class ExamplesTest extends PdsTest {
    @Test
    void signingInForAScript() {
        String handle;
        try (PasswordSession session = PasswordSession.login(pds.url().toString(), "alice.test", appPassword)) {
            Client client = new Client(session);
            handle = client.call(GetSession.QUERY).handle().toString();
        }

        assertThat(handle).isEqualTo("alice.test");
        assertThat(pds.count(DELETE)).isEqualTo(1);
    }

    private PasswordSession open(Path folder) {
        String service = pds.url().toString();
        String handle = "alice.test";
        SessionStore store = new FileSessionStore(folder);
        SessionOptions options = SessionOptions.of(o -> o.store(store));
        for (SessionData saved : store.list()) {
            try {
                return PasswordSession.resume(saved, options);
            } catch (SessionEndedException e) {
                // Sign in again, below.
            }
        }
        return PasswordSession.login(Credentials.of(service, handle, appPassword), options);
    }

    @Test
    void resumingASavedSession(@TempDir Path folder) {
        for (int run = 0; run < 3; run++) {
            try (PasswordSession session = know(open(folder))) {
                call(session);
            }
        }
        assertThat(pds.count(CREATE)).isEqualTo(1);

        pds.revokeSessions(alice.did());
        know(open(folder)).close();
        assertThat(pds.count(CREATE)).isEqualTo(2);
    }

    @Test
    void savingSessionsWithHooks() {
        Map<Did, String> saved = new ConcurrentHashMap<>();
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
        login(o -> o.hooks(hooks)).close();

        PasswordSession session =
                know(PasswordSession.resume(SessionData.parse(saved.get(alice.did())), options(o -> o.hooks(hooks))));
        assertThat(saved).containsEntry(session.did(), session.data().toJson());

        session.logout();
        assertThat(saved).isEmpty();
    }

    @Test
    void storingAPosition(@TempDir Path folder) {
        CursorStore cursors = CursorStore.file(folder);
        StreamCursor cursor = cursors.cursor("wss://relay.example.com", "subscribeRepos");
        SavedCursor last = cursor.load();
        assertThat(last).isNull();

        cursor.save(last, 7, LexMap.of());
        assertThat(cursor.load()).extracting(SavedCursor::sequence).isEqualTo(7L);
    }

    @Test
    void promptingForASecondFactor() {
        pds.behavior().twoFactor(true);
        SessionOptions options = SessionOptions.of(o -> o.authFactor(asked -> prompt(asked.getMessage())));

        know(PasswordSession.login(Credentials.of(pds.url().toString(), "alice.test", PASSWORD), options));
    }

    private String prompt(String message) {
        assertThat(message).contains("sign in code");
        return pds.behavior().authFactorCode();
    }
}
