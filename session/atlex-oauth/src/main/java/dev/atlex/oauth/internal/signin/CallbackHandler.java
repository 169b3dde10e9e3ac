package dev.atlex.oauth.internal.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.oauth.AuthorizationDeniedException;
import dev.atlex.oauth.AuthorizationExpiredException;
import dev.atlex.oauth.BrowserMismatchException;
import dev.atlex.oauth.InvalidAuthorizationException;
import dev.atlex.oauth.IssuerMismatchException;
import dev.atlex.oauth.OAuthException;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.server.RevocationReply;
import dev.atlex.oauth.internal.server.TokenReply;
import dev.atlex.oauth.internal.session.Changes;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.internal.Failures;
import dev.atlex.session.internal.SessionLog;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.syntax.Did;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Handles callbacks. Everything in a callback may come from an attacker, so the order of the checks matters:
 *
 * <ol>
 *   <li>The {@code state} must be recent, unused, and from a sign-in of this client.
 *   <li>The browser must be the one that started the sign-in. Up to this point, nothing is used up: a stranger who
 *       learns a callback's URL can't make the user's own callback fail.
 *   <li>The state is used up by a compare-and-set, so only one of several concurrent callbacks continues.
 *   <li>{@code iss} must be the server that the request was pushed to. Otherwise, a malicious server could get the code
 *       of an honest one.
 *   <li>The code is exchanged only once, because a second exchange would end the session. From here on, a separate
 *       thread does the work, so that an interrupted caller doesn't leave a forgotten session at the server.
 *   <li>The tokens must belong to the requested account. If the sign-in started with a server instead, the account must
 *       belong to that server.
 * </ol>
 *
 * If anything fails after the exchange, the new session is revoked, and nothing is saved.
 */
public final class CallbackHandler {
    private static final System.Logger LOG = SessionLog.LOG;
    private static final Duration TIMEOUT = Duration.ofSeconds(45);
    private static final Duration REVOCATION_TIMEOUT = Duration.ofSeconds(15);

    private final SignInContext context;

    /** Creates a handler. */
    public CallbackHandler(SignInContext context) {
        this.context = context;
    }

    /**
     * A verified sign-in.
     *
     * @param tokens the tokens, with all required parts
     * @param did the account
     * @param server the authorization server
     * @param pds the account's server
     * @param auth the method by which the client authenticated
     * @param key the session's DPoP key
     * @param identifier the requested handle, or null
     * @param appState the program's own state, or null
     * @param sessionId the session's ID, or null
     */
    public record SignedIn(
            TokenReply tokens,
            Did did,
            AuthServer server,
            URI pds,
            ClientAuth auth,
            P256PrivateKey key,
            @Nullable String identifier,
            @Nullable String appState,
            @Nullable String sessionId) {
        /** Returns a description without tokens or the program's state. */
        @Override
        public String toString() {
            return "SignedIn[" + did + ", " + server.issuer() + "]";
        }
    }

    /**
     * Finishes a sign-in.
     *
     * @param query the query of the callback
     * @param browserSecret the secret of the browser, or null if it sent none
     * @param save the function that saves the session, called on another thread; if it fails, the session is revoked
     * @return the result of {@code save}
     * @throws TransportInterruptedException if the thread is interrupted while the code is exchanged. The sign-in
     *     continues, and the session is saved, because a code can't be exchanged again
     */
    public <T> T finish(String query, @Nullable String browserSecret, Function<? super SignedIn, T> save) {
        Map<String, String> parameters = CallbackQuery.parse(query);
        String state = parameters == null ? null : parameters.get("state");
        if (parameters == null || state == null) {
            throw new AuthorizationExpiredException("the callback has no valid state");
        }
        Entry entry = context.store().load(Key.authorization(state));
        AuthorizationRecord record = entry == null ? null : AuthorizationRecord.of(entry);
        if (entry == null || record == null) {
            throw new AuthorizationExpiredException("the state of the callback is unknown or has already been used");
        }
        checkBrowser(record, browserSecret);
        checkAge(entry, record);
        ClientAuth auth = auth(record);
        take(entry);
        checkIssuer(record, parameters.get("iss"));
        String code = code(record, parameters);
        Changes changes = new Changes();
        return changes.start("sign-in", () -> {
                    if (!changes.isGuarded()) {
                        throw new OAuthException("failed to sign in: the program is exiting");
                    }
                    return exchange(record, auth, code, save);
                })
                .await(Deadline.NONE);
    }

    /** Exchanges the code, which works once, and verifies and saves the session. */
    private <T> T exchange(
            AuthorizationRecord record, ClientAuth auth, String code, Function<? super SignedIn, T> save) {
        TokenReply tokens = context.client()
                .exchange(
                        record.server(),
                        auth,
                        record.key(),
                        code,
                        record.verifier(),
                        record.redirectUri(),
                        context.time().deadline(TIMEOUT));
        try {
            return save.apply(verify(record, auth, tokens));
        } catch (RuntimeException | Error e) {
            revoke(record, auth, tokens, e);
            throw e;
        }
    }

    private static void checkBrowser(AuthorizationRecord record, @Nullable String browserSecret) {
        String digest = browserSecret == null ? "" : Base64Url.sha256(browserSecret);
        if (!MessageDigest.isEqual(digest.getBytes(US_ASCII), record.browser().getBytes(US_ASCII))) {
            throw new BrowserMismatchException();
        }
    }

    private void checkAge(Entry entry, AuthorizationRecord record) {
        if (isOver(record)) {
            context.store().delete(entry.key(), entry.generation());
            throw new AuthorizationExpiredException(
                    "it took longer than " + SignInContext.LIFETIME.toMinutes() + " minutes");
        }
    }

    private boolean isOver(AuthorizationRecord record) {
        return record.at().plus(SignInContext.LIFETIME).isBefore(context.now());
    }

    private ClientAuth auth(AuthorizationRecord record) {
        ClientAuth auth = context.auths().of(record.authMethod(), record.kid());
        if (!auth.clientId().equals(record.clientId())) {
            throw new AuthorizationExpiredException(
                    "the sign-in was started by the client " + record.clientId() + ", not by " + auth.clientId());
        }
        return auth;
    }

    /** A delete reports success to every caller, so the record is replaced first. */
    private void take(Entry entry) {
        Entry tombstone = context.store().save(entry.key(), entry.generation(), AuthorizationRecord.TOMBSTONE);
        if (tombstone == null) {
            throw new AuthorizationExpiredException("the state of the callback has already been used");
        }
        try {
            context.store().delete(tombstone.key(), tombstone.generation());
        } catch (SessionStoreException e) {
            LOG.log(Level.DEBUG, "failed to delete a used authorization: {0}; it will be swept", e.getMessage());
        }
    }

    private static void checkIssuer(AuthorizationRecord record, @Nullable String iss) {
        URI expected = record.server().issuer();
        if (!expected.toString().equals(iss)) {
            // The other issuer may be an attacker's text, so it isn't shown.
            throw new IssuerMismatchException(
                    "failed to sign in: the callback " + (iss == null ? "has no issuer" : "has a different issuer")
                            + ", expected " + expected,
                    expected,
                    null);
        }
    }

    private static String code(AuthorizationRecord record, Map<String, String> parameters) {
        String error = parameters.get("error");
        if (error != null) {
            throw new AuthorizationDeniedException(error, parameters.get("error_description"), record.appState());
        }
        String code = parameters.get("code");
        if (code == null || code.isEmpty()) {
            throw new InvalidAuthorizationException("the callback has neither a code nor an error");
        }
        return code;
    }

    private SignedIn verify(AuthorizationRecord record, ClientAuth auth, TokenReply tokens) {
        if (!"DPoP".equalsIgnoreCase(tokens.tokenType())) {
            throw new InvalidAuthorizationException("expected tokens of the type DPoP");
        }
        String scope = tokens.scope();
        if (scope == null || !List.of(scope.split(" ", -1)).contains(Scope.ATPROTO.toString())) {
            throw new InvalidAuthorizationException(
                    scope == null ? "it has no scope" : "the user didn't grant the scope atproto");
        }
        String sub = tokens.sub();
        if (sub == null || !Did.isValid(sub)) {
            throw new InvalidAuthorizationException("expected a DID as its sub");
        }
        Did did = Did.of(sub);
        AuthorizationRecord.Account account = record.account();
        if (account != null && !account.did().equals(did)) {
            throw new AccountMismatchException(account.did(), did);
        }
        URI pds = account == null ? pdsOf(did, record.server().issuer()) : account.pds();
        return signedIn(record, auth, tokens, did, pds);
    }

    private static SignedIn signedIn(AuthorizationRecord record, ClientAuth auth, TokenReply tokens, Did did, URI pds) {
        AuthorizationRecord.Account account = record.account();
        return new SignedIn(
                tokens,
                did,
                record.server(),
                pds,
                auth,
                record.key(),
                account == null ? null : account.identifier(),
                record.appState(),
                record.sessionId());
    }

    /**
     * Returns the account's server, if it trusts the authorization server. Otherwise, any server could claim to have
     * signed in any account.
     */
    private URI pdsOf(Did did, URI issuer) {
        URI pds = context.discovery().pdsOf(did);
        URI responsible = context.discovery().issuerOf(pds);
        if (!responsible.equals(issuer)) {
            throw new IssuerMismatchException(
                    "failed to sign in: " + issuer + " signed in " + did + ", but " + responsible
                            + " is responsible for that account",
                    responsible,
                    issuer);
        }
        return pds;
    }

    private void revoke(AuthorizationRecord record, ClientAuth auth, TokenReply tokens, Throwable why) {
        try {
            String token = tokens.refreshToken() == null ? tokens.accessToken() : tokens.refreshToken();
            RevocationReply reply = context.client()
                    .revoke(
                            record.server(),
                            auth,
                            record.key(),
                            token,
                            context.time().deadline(REVOCATION_TIMEOUT));
            if (reply instanceof RevocationReply.Failed failed) {
                revokeLater(record, auth, tokens, failed);
            }
        } catch (RuntimeException | Error e) {
            Failures.rethrowFatal(e);
            why.addSuppressed(e);
        }
    }

    private void revokeLater(
            AuthorizationRecord record, ClientAuth auth, TokenReply tokens, RevocationReply.Failed failed) {
        String sub = tokens.sub();
        AuthorizationRecord.Account account = record.account();
        boolean known = sub != null && Did.isValid(sub);
        if (sub != null && known) {
            // The account's own server is irrelevant to the revocation, and unknown if the sign-in started at a server.
            URI pds = account == null ? record.server().issuer() : account.pds();
            context.revocations().queue(signedIn(record, auth, tokens, Did.of(sub), pds));
        }
        LOG.log(
                Level.WARNING,
                "failed to revoke a session at {0} that was refused at its sign-in: {1}; {2}",
                record.server().issuer(),
                failed.failure().getMessage(),
                known ? "the revocation is queued" : "the session expires on its own");
    }

    /** Deletes the sign-ins that were never finished, and returns their number. */
    public int sweep() {
        int[] swept = new int[1];
        context.store().forEach(Kind.AUTHORIZATION, entry -> {
            if (isOver(entry) && context.store().delete(entry.key(), entry.generation())) {
                swept[0]++;
            }
        });
        return swept[0];
    }

    private boolean isOver(Entry entry) {
        try {
            AuthorizationRecord record = AuthorizationRecord.of(entry);
            return record == null || isOver(record);
        } catch (SessionStoreException e) {
            return entry.savedAt().plus(SignInContext.LIFETIME).isBefore(context.now());
        }
    }
}
