package dev.atlex.testkit;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.Pds;
import dev.atlex.testkit.internal.RequestLog;
import dev.atlex.testkit.internal.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A personal data server in this process, on a port of the loopback interface: accounts, sessions, records, blobs, and
 * enough of Bluesky's own methods for a bot to be tested. It answers as the reference server does, as far as that was
 * measured.
 *
 * <pre>{@code
 * try (LocalPds pds = LocalPds.start()) {
 *     TestAccount alice = pds.createAccount("alice.test", "alice-password");
 *     String appPassword = pds.createAppPassword(alice.did(), "bot");
 *     // … log in at pds.url() with alice.handle() and appPassword
 * }
 * }</pre>
 *
 * <p>Known differences from the reference server: keys are on the curve P-256, not secp256k1; createSession takes no
 * 350 ms; answers have no {@code ETag}, and are packed by gzip only; commits are no Merkle search trees; no record type is
 * known without a {@link RecordValidator}; there is an app view of its own behind the methods of {@code app.bsky}, in
 * which everybody follows everybody.
 *
 * <p>Everything is in memory. Safe for use by many threads.
 */
public final class LocalPds implements AutoCloseable {
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Settings settings;
    private final Pds pds;
    private final ServerBehavior behavior;
    private final List<String[]> firstAccounts;

    private LocalPds(Builder builder) {
        settings = new Settings(builder.clock, builder.validator);
        behavior = new ServerBehavior(settings);
        pds = new Pds(builder.port, builder.entryway, settings, log, faults::pick);
        firstAccounts = List.copyOf(builder.accounts);
        createFirstAccounts();
    }

    private void createFirstAccounts() {
        firstAccounts.forEach(account -> createAccount(account[0], account[1]));
    }

    /** Starts a server on any free port, without accounts. */
    public static LocalPds start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where users log in: {@code http://127.0.0.1:…}, without a slash at the end. With an entryway, that one. */
    public URI url() {
        return pds.entrywayUrl();
    }

    /** The PDS itself, to which DID documents point; without an entryway the same as {@link #url()}. */
    public URI pdsUrl() {
        return pds.url();
    }

    /** A directory of {@code did:plc}, as {@code https://plc.directory}: {@code GET /{did}} answers the document. */
    public URI plcUrl() {
        return pds.url();
    }

    /**
     * The password of {@code com.atproto.admin.updateSubjectStatus}, which takes {@code Basic} authorization of the user
     * {@code admin}: for tests that talk to any server by HTTP alone. Others call {@link #takedown}.
     */
    public String adminPassword() {
        return pds.adminPassword();
    }

    /**
     * Makes an account, with an address made from the handle.
     *
     * @param handle of any domain; {@code .test} is the server's own
     * @throws IllegalArgumentException if it is no handle, or is taken
     */
    public TestAccount createAccount(String handle, String password) {
        return createAccount(handle, handle + "@mail.test", password);
    }

    /**
     * Makes an account.
     *
     * @param handle of any domain; {@code .test} is the server's own
     * @throws IllegalArgumentException if it is no handle, or handle or address are taken
     */
    public TestAccount createAccount(String handle, String email, String password) {
        String did = pds.createAccount(handle, email, Objects.requireNonNull(password, "password"));
        return new TestAccount(did, handle.toLowerCase(Locale.ROOT), email.toLowerCase(Locale.ROOT), password);
    }

    /** Whether there is an account of this handle or DID, of whatever status. */
    public boolean hasAccount(String handleOrDid) {
        return pds.hasAccount(handleOrDid);
    }

    /**
     * Makes an app password.
     *
     * @throws IllegalArgumentException if there is no such account, or one of that name
     */
    public String createAppPassword(String did, String name) {
        return pds.createAppPassword(did, name, false);
    }

    /** As {@link #createAppPassword}, with access to direct messages. */
    public String createPrivilegedAppPassword(String did, String name) {
        return pds.createAppPassword(did, name, true);
    }

    /**
     * Revokes an app password, and the refresh tokens of the sessions that it began.
     *
     * @return whether there was one
     */
    public boolean revokeAppPassword(String did, String name) {
        return pds.revokeAppPassword(did, name);
    }

    /** Revokes all refresh tokens of an account; its access tokens live on until they expire. */
    public void revokeSessions(String did) {
        pds.revokeSessions(did);
    }

    /**
     * Lets all access tokens issued so far be expired, whatever they say of themselves: as when the clocks of client and
     * server differ. To let them expire as they say, set the clock forward.
     */
    public void expireAccessTokens() {
        pds.expireAccessTokens();
    }

    /** Takes an account down, as operators do; its refresh tokens are gone for good. */
    public void takedown(String did) {
        pds.change(did, Pds.Change.TAKE_DOWN);
    }

    /** As {@link #takedown}, with the status {@code suspended}, which the reference server does not have. */
    public void suspend(String did) {
        pds.change(did, Pds.Change.SUSPEND);
    }

    /** Takes {@link #takedown} and {@link #suspend} back. */
    public void reinstate(String did) {
        pds.change(did, Pds.Change.REINSTATE);
    }

    /** Deactivates an account, as its owner can. */
    public void deactivate(String did) {
        pds.change(did, Pds.Change.DEACTIVATE);
    }

    /** Takes {@link #deactivate} back. */
    public void activate(String did) {
        pds.change(did, Pds.Change.ACTIVATE);
    }

    /** Lets an account's DID document point to another PDS, as after a move. What is stored here stays. */
    public void setPdsEndpoint(String did, URI endpoint) {
        pds.setPdsEndpoint(did, endpoint);
    }

    /** An account's records of a collection, by record key, in the order of the keys. */
    public Map<String, LexMap> records(String did, String collection) {
        return pds.records(did, collection);
    }

    /** What goes wrong with single requests. */
    public Faults faults() {
        return faults;
    }

    /** How the server behaves altogether. */
    public ServerBehavior behavior() {
        return behavior;
    }

    /** The requests so far, in the order in which they came; of very many the last 20,000. */
    public List<RecordedRequest> requests() {
        return log.all();
    }

    /**
     * The requests of a method so far, in the order in which they came.
     *
     * @param nsid the method, or a path, which begins with a slash
     */
    public List<RecordedRequest> requests(String nsid) {
        return log.of(nsid);
    }

    /** How many requests of a method came so far. */
    public int count(String nsid) {
        return log.of(nsid).size();
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        log.clear();
    }

    /**
     * Waits until so many requests of a method have come, answered or not.
     *
     * @return them all
     * @throws AssertionError if they have not come in time
     */
    public List<RecordedRequest> awaitRequests(String nsid, int atLeast, Duration timeout) throws InterruptedException {
        return log.await(nsid, atLeast, timeout);
    }

    /**
     * Makes the server new: accounts, tokens, requests and faults are forgotten, and dials turned back. The accounts of
     * the builder are made again.
     */
    public void reset() {
        faults.clear();
        settings.reset();
        pds.reset();
        createFirstAccounts();
    }

    /** Frees the port, and breaks off what is under way. No thread is left. */
    @Override
    public void close() {
        pds.close();
    }

    @Override
    public String toString() {
        return "LocalPds[" + url() + "]";
    }

    /** Says what a {@link LocalPds} is to be like. */
    public static final class Builder {
        private int port;
        private boolean entryway;
        private Clock clock = Clock.systemUTC();
        private RecordValidator validator = (collection, recordKey, record) -> false;
        private final List<String[]> accounts = new ArrayList<>();

        private Builder() {}

        /** The port of {@link LocalPds#url()}; at the start 0, for any that is free. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Puts an entryway in front, on a port of its own: {@link LocalPds#url()}. It serves
         * {@code com.atproto.server.*} and {@code resolveHandle} and answers 501 to everything else; the PDS behind it
         * serves all, and the tokens are good for both.
         */
        public Builder entryway(boolean on) {
            this.entryway = on;
            return this;
        }

        /** What tells the time; at the start the system's clock. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * What knows the schemas. Without one, no record type is known: records are taken with the status
         * {@code unknown}, and a request with {@code validate: true} is refused.
         */
        public Builder recordValidator(RecordValidator validator) {
            this.validator = Objects.requireNonNull(validator, "validator");
            return this;
        }

        /** An account that is there from the start. */
        public Builder account(String handle, String password) {
            accounts.add(new String[] {handle, password});
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws java.io.UncheckedIOException if the port is taken
         */
        public LocalPds start() {
            return new LocalPds(this);
        }
    }
}
