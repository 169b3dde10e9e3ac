package dev.atlex.testkit.internal.tap;

import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The repositories that a Tap follows. Thread-safe. */
public final class TapRepos {
    private final Map<String, Repo> repos = new LinkedHashMap<>();
    private final Map<String, LexMap> documents = new HashMap<>();

    private static final class Repo {
        final Set<String> records = new HashSet<>();
        String state = "pending";
        String handle = "";
        String rev = "";
    }

    /** Follows a repository, unless it is followed already. */
    public synchronized void add(String did) {
        repos.computeIfAbsent(did, key -> new Repo());
    }

    public synchronized void remove(String did) {
        repos.remove(did);
    }

    /** Returns the accounts, in the order in which they were added. */
    public synchronized List<String> dids() {
        return new ArrayList<>(repos.keySet());
    }

    /** Follows a repository and notes a change of a record. */
    public synchronized void change(String did, String rev, String path, boolean exists) {
        add(did);
        Repo repo = repos.get(did);
        if (repo != null) {
            repo.state = "active";
            repo.rev = rev;
            if (exists) {
                repo.records.add(path);
            } else {
                repo.records.remove(path);
            }
        }
    }

    /** Follows a repository and notes its identity. */
    public synchronized void identity(String did, String handle, String status) {
        add(did);
        Repo repo = repos.get(did);
        if (repo != null) {
            repo.handle = handle;
            repo.state = status;
        }
    }

    public synchronized int count() {
        return repos.size();
    }

    public synchronized int recordCount() {
        return repos.values().stream().mapToInt(repo -> repo.records.size()).sum();
    }

    /** Returns the state of a repository, or null if it isn't followed. */
    public synchronized @Nullable LexMap info(String did) {
        Repo repo = repos.get(did);
        return repo == null
                ? null
                : LexMap.builder()
                        .put("did", did)
                        .put("handle", repo.handle)
                        .put("state", repo.state)
                        .put("rev", repo.rev)
                        .put("error", "")
                        .put("retries", new LexInteger(0))
                        .put("records", new LexInteger(repo.records.size()))
                        .build();
    }

    /** Sets an account's DID document. */
    public synchronized void document(String did, LexMap document) {
        documents.put(did, document);
    }

    public synchronized @Nullable LexMap document(String did) {
        return documents.get(did);
    }
}
