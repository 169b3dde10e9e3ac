package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.Cid;
import dev.atlex.testkit.internal.appview.Actors;
import dev.atlex.testkit.internal.sync.Firehose;
import dev.atlex.testkit.internal.sync.RepoChange;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All accounts on the server. Guarded by its lock. */
final class Accounts implements Actors {
    static final String DOMAIN = ".test";

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Set<String> RESERVED =
            Set.of("admin", "about", "api", "auth", "help", "login", "root", "support", "www", "xrpc");

    private final Settings settings;
    private final Tids tids;
    private final Firehose firehose;
    private final Map<String, Account> byDid = new LinkedHashMap<>();
    private final Map<String, Account> byHandle = new HashMap<>();
    private final Map<String, Account> byEmail = new HashMap<>();

    Accounts(Settings settings, Tids tids, Firehose firehose) {
        this.settings = settings;
        this.tids = tids;
        this.firehose = firehose;
    }

    @Override
    public Collection<Account> all() {
        return byDid.values();
    }

    void clear() {
        byDid.clear();
        byHandle.clear();
        byEmail.clear();
    }

    void remove(Account account) {
        byDid.remove(account.did);
        byHandle.remove(account.handle);
        byEmail.remove(account.email);
    }

    @Nullable
    Account byDid(String did) {
        return byDid.get(did);
    }

    /** Returns the account with this handle or DID, regardless of its status. */
    @Override
    public @Nullable Account find(String handleOrDid) {
        Account account = byDid.get(handleOrDid);
        return account != null ? account : byHandle(handleOrDid);
    }

    /** Returns the account with this handle or DID if it is active. */
    @Nullable
    Account findActive(String handleOrDid) {
        Account account = find(handleOrDid);
        return account != null && account.active() ? account : null;
    }

    @Nullable
    Account byHandle(String handle) {
        return byHandle.get(handle.toLowerCase(Locale.ROOT));
    }

    @Nullable
    Account byEmail(String email) {
        return byEmail.get(email.toLowerCase(Locale.ROOT));
    }

    /** Checks the data of a sign-up with the rules and messages of the reference server. */
    void checkNew(String handle, @Nullable String email, String password) {
        if (password.length() > 256) {
            throw XrpcError.invalidRequest("Password too long. Maximum length is 256 characters.");
        }
        if (email == null || email.isEmpty()) {
            throw XrpcError.invalidRequest("Email is required");
        }
        if (!EMAIL.matcher(email).matches()) {
            throw XrpcError.invalidRequest("This email address is not supported, please use a different email.");
        }
        String lower = handle.toLowerCase(Locale.ROOT);
        if (!lower.endsWith(DOMAIN)) {
            throw XrpcError.badRequest("UnsupportedDomain", "Not a supported handle domain");
        }
        String front = lower.substring(0, lower.length() - DOMAIN.length());
        if (front.contains(".")) {
            throw XrpcError.badRequest("InvalidHandle", "Invalid characters in handle");
        }
        if (front.length() < 3) {
            throw XrpcError.badRequest("InvalidHandle", "Handle too short");
        }
        if (front.length() > 18) {
            throw XrpcError.badRequest("InvalidHandle", "Handle too long");
        }
        if (RESERVED.contains(front)) {
            throw XrpcError.badRequest("HandleNotAvailable", "Reserved handle");
        }
    }

    /** Creates an account. Its handle may be in any domain. */
    Account create(String handle, String email, String password) {
        String lower = handle.toLowerCase(Locale.ROOT);
        if (byHandle(lower) != null) {
            throw XrpcError.invalidRequest("Handle already taken: " + lower);
        }
        if (byEmail(email) != null) {
            throw XrpcError.invalidRequest("Email already taken: " + email.toLowerCase(Locale.ROOT));
        }
        // Real DIDs contain a hash as well. This one contains a hash of the handle, so that tests are repeatable.
        String did = "did:plc:" + Cid.ofRaw(lower.getBytes(UTF_8)).toString().substring(8, 32);
        SigningKey key = new SigningKey();
        Repo repo = new Repo(did, key.privateKey(), tids);
        Account account =
                new Account(did, lower, email.toLowerCase(Locale.ROOT), password, key, repo, settings.clock.instant());
        byDid.put(did, account);
        byHandle.put(account.handle, account);
        byEmail.put(account.email, account);
        firehose.created(did, account.handle, RepoChange.first(repo.head(), repo.tree()));
        return account;
    }
}
