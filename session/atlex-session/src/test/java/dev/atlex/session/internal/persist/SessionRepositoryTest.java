package dev.atlex.session.internal.persist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.Deadline;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.persist.RotatedTokens.Rotated;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.session.store.EntryStore.Lease;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The repository with a kind of session other than a password session, with its own key, format and fields. */
class SessionRepositoryTest {
    private static final Did ACCOUNT = Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static final URI HERE = URI.create("https://issuer.test");

    private record Grant(Did subject, URI issuer, String refresh, String keyId) {}

    private static final class GrantCodec implements EntryCodec<Grant> {
        @Override
        public Key key(Did account) {
            return new Key(Kind.LOGIN, "grant:" + account);
        }

        @Override
        public Stored<Grant> decode(Entry entry) {
            if (!(LexValue.parseJson(entry.value()) instanceof LexMap map) || map.getString("refresh") == null) {
                throw new SessionStoreException("corrupt grant", null);
            }
            return new Stored<>(
                    new Grant(
                            ACCOUNT,
                            URI.create(map.getString("issuer")),
                            map.getString("refresh"),
                            map.getString("key")),
                    map.getArray("old").stream()
                            .map(one -> new Rotated(((LexMap) one).getString("t"), Instant.EPOCH))
                            .toList());
        }

        @Override
        public String encode(Grant grant, List<Rotated> rotated) {
            return LexMap.builder()
                    .put("issuer", grant.issuer().toString())
                    .put("refresh", grant.refresh())
                    .put("key", grant.keyId())
                    .put(
                            "old",
                            LexValue.of(rotated.stream()
                                    .map(one -> LexMap.builder()
                                            .put("t", one.token())
                                            .build())
                                    .toList()))
                    .build()
                    .toJson();
        }

        @Override
        public Did account(Grant grant) {
            return grant.subject();
        }

        @Override
        public URI service(Grant grant) {
            return grant.issuer();
        }

        @Override
        public String refreshToken(Grant grant) {
            return grant.refresh();
        }
    }

    private final GrantCodec codec = new GrantCodec();
    private final MemorySessionStore store = new MemorySessionStore();
    private final MutableClock clock = MutableClock.at(Instant.EPOCH.plusSeconds(60));
    private final Grant first = grant("refresh-1");
    private final SessionRepository<Grant> repository = new SessionRepository<>(store, codec, first, clock);

    private static Grant grant(String refresh) {
        return new Grant(ACCOUNT, HERE, refresh, "key-1");
    }

    private EntryState saved(Grant grant) {
        Save<Grant> save = repository.save(EntryState.INITIAL.changed(), grant, true);
        assertThat(save).isInstanceOf(Save.Saved.class);
        return save.state();
    }

    private EntryState loaded() {
        Entry entry = store.load(codec.key(ACCOUNT));
        return repository.loaded(EntryState.INITIAL, entry, codec.decode(entry));
    }

    private EntryState rotated(EntryState state, String old) {
        return state.with(state.rotated().rotated(old, clock.instant())).changed();
    }

    @Test
    void savedSessionHasItsOwnKeyAndFormat() {
        EntryState state = saved(first);

        assertThat(state.behind()).isFalse();
        assertThat(store.load(Key.session(ACCOUNT))).isNull();
        assertThat(store.load(codec.key(ACCOUNT)).value()).contains("\"key\":\"key-1\"");
        assertThat(repository.reload(state, first)).isInstanceOf(Reload.Unchanged.class);
    }

    @Test
    void reloadFindsWhatAnotherProcessSaved() {
        EntryState mine = saved(first);
        EntryState theirs = loaded();
        repository.save(rotated(theirs, "refresh-1"), grant("refresh-2"), true);

        Reload<Grant> found = repository.reload(mine, first);

        assertThat(found)
                .isInstanceOfSatisfying(
                        Reload.Newer.class, newer -> assertThat(newer.session()).isEqualTo(grant("refresh-2")));
        assertThat(found.state().rotated().all()).extracting(Rotated::token).contains("refresh-1");
        assertThat(found.toString()).doesNotContain("refresh-");
    }

    @Test
    void saveIsSupersededByNewerTokens() {
        EntryState mine = saved(first);
        repository.save(rotated(loaded(), "refresh-1"), grant("refresh-2"), true);

        Save<Grant> save = repository.save(rotated(mine, "refresh-1"), grant("refresh-3"), true);

        assertThat(save)
                .isInstanceOfSatisfying(
                        Save.Superseded.class,
                        superseded -> assertThat(superseded.session()).isEqualTo(grant("refresh-2")));
        assertThat(save.state().behind()).isFalse();
    }

    @Test
    void entryOfAnotherServiceStaysUnlessASignInReplacesIt() {
        Grant other = new Grant(ACCOUNT, URI.create("https://other.test"), "refresh-9", "key-9");
        store.save(codec.key(ACCOUNT), EntryStore.NONE, codec.encode(other, List.of()));

        Save<Grant> save = repository.save(EntryState.INITIAL.changed(), first, true);

        assertThat(save)
                .isInstanceOfSatisfying(
                        Save.Foreign.class,
                        foreign -> assertThat(foreign.service()).isEqualTo(other.issuer()));
        assertThat(save.state().behind()).isTrue();
        @SuppressWarnings("unchecked")
        Save.Foreign<Grant> foreign = (Save.Foreign<Grant>) save;
        assertThat(repository.save(repository.replacing(foreign), first, true)).isInstanceOf(Save.Saved.class);
        assertThat(codec.decode(store.load(codec.key(ACCOUNT))).session()).isEqualTo(first);
    }

    @Test
    void queuedLogoutEndsTheSessionOnceItsEntryIsGone() {
        EntryState state = saved(first);
        store.delete(codec.key(ACCOUNT), state.generation());
        assertThat(repository.reloadUnderLease(state, first)).isInstanceOf(Reload.Unchanged.class);
        PendingLogout logout = new PendingLogout(
                ACCOUNT, List.of(new PendingLogout.Session(HERE, "refresh-1", false)), 0, clock.instant());
        store.save(logout.key(), EntryStore.NONE, logout.toJson());

        assertThat(repository.reload(state, first)).isInstanceOf(Reload.Unchanged.class);
        assertThat(repository.reloadUnderLease(state, first)).isInstanceOf(Reload.LoggedOutElsewhere.class);
        assertThat(repository.save(rotated(repository.reload(state, first).state(), "refresh-1"), first, true))
                .isInstanceOf(Save.LoggedOutElsewhere.class);
    }

    @Test
    void entryThatVanishedIsSavedOnceTheServerConfirmsTheTokens() {
        EntryState unsaved = rotated(saved(first), "refresh-1");
        store.delete(codec.key(ACCOUNT), unsaved.generation());
        Grant next = grant("refresh-2");

        Save<Grant> save = repository.save(unsaved, next, false);

        assertThat(save).isInstanceOf(Save.Unconfirmed.class);
        assertThat(save.state().vanished()).isTrue();
        assertThat(repository.save(save.state(), next, true)).isInstanceOf(Save.Saved.class);
    }

    @Test
    void delete_entryOfAnotherLineage_isKept() {
        EntryState mine = saved(first);
        store.save(codec.key(ACCOUNT), mine.generation(), codec.encode(grant("unrelated"), List.of()));

        Removal<Grant> removal = repository.delete(EntryState.INITIAL, first);

        assertThat(removal).isInstanceOf(Removal.Removed.class);
        assertThat(store.load(codec.key(ACCOUNT))).isNotNull();
        EntryState theirs = loaded();
        assertThat(repository.delete(theirs, grant("unrelated"))).isInstanceOf(Removal.Removed.class);
        assertThat(store.load(codec.key(ACCOUNT))).isNull();
    }

    @Test
    void failingStore_returnsAResult() throws InterruptedException {
        EntryStore broken = new EntryStore() {
            @Override
            public Entry load(Key key) {
                throw new SessionStoreException("disk away", null);
            }

            @Override
            public void forEach(Kind kind, java.util.function.Consumer<? super Entry> action) {
                throw new SessionStoreException("disk away", null);
            }

            @Override
            public Entry save(Key key, long expected, String value) {
                throw new SessionStoreException("disk away", null);
            }

            @Override
            public boolean delete(Key key, long expected) {
                throw new SessionStoreException("disk away", null);
            }

            @Override
            public Lease acquireLease(Key key, Duration ttl, Duration maxWait) {
                throw new SessionStoreException("disk away", null);
            }
        };
        SessionRepository<Grant> failing = new SessionRepository<>(broken, codec, first, clock);

        assertThat(failing.reload(EntryState.INITIAL, first)).isInstanceOf(Reload.Unavailable.class);
        assertThat(failing.save(EntryState.INITIAL.changed(), first, true))
                .isInstanceOfSatisfying(
                        Save.Failed.class,
                        failed -> assertThat(failed.state().behind()).isTrue());
        assertThat(failing.lease(Deadline.NONE, true)).isNull();
        assertThat(failing.delete(EntryState.INITIAL, first)).isInstanceOf(Removal.Removed.class);
    }

    @Test
    void sessionWithoutAStoreIsAlwaysSaved() {
        SessionRepository<Grant> memory = new SessionRepository<>(null, codec, first, clock);

        assertThat(memory.reload(EntryState.INITIAL, first)).isInstanceOf(Reload.Unchanged.class);
        assertThat(memory.save(EntryState.INITIAL.changed(), first, true))
                .isInstanceOfSatisfying(
                        Save.Saved.class,
                        saved -> assertThat(saved.state().behind()).isFalse());
    }

    @Test
    void tokensOfAnUnreadableEntryAreReplaced() {
        EntryState mine = saved(first);
        store.save(codec.key(ACCOUNT), mine.generation(), "{}");

        Reload<Grant> found = repository.reload(mine, first);

        assertThat(found).isInstanceOf(Reload.Unchanged.class);
        assertThat(repository.save(found.state().changed(), first, true)).isInstanceOf(Save.Saved.class);
    }
}
