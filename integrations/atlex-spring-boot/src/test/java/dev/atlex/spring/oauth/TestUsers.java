package dev.atlex.spring.oauth;

import dev.atlex.identity.IdentityResolver;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A server, and the accounts of a test's users. */
final class TestUsers implements AutoCloseable {
    private final LocalPds pds = LocalPds.start();
    private final Map<String, String> dids = new ConcurrentHashMap<>();

    LocalPds pds() {
        return pds;
    }

    /** Creates an account whose handle no other test uses. */
    TestAccount create(String name) {
        TestAccount account = pds.createAccount(name + dids.size() + ".test", "password");
        dids.put("_atproto." + account.handle(), account.did().toString());
        return account;
    }

    /** Returns a resolver that knows the accounts, and may use the server, which is on this machine. */
    IdentityResolver resolver() {
        return IdentityResolver.builder()
                .plcUrl(pds.plcUrl())
                .dns(name -> dids.containsKey(name) ? List.of("did=" + dids.get(name)) : List.of())
                .allowPrivateAddresses(true)
                .build();
    }

    /** Waits until an account has that many sessions, for at most 30 seconds. Returns their number. */
    int awaitSessions(TestAccount account, int expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (pds.oauth().sessions(account.did()) != expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return pds.oauth().sessions(account.did());
    }

    @Override
    public void close() {
        pds.close();
    }
}
