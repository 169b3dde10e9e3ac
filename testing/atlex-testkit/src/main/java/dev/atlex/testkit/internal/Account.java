package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.appview.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account and its data. Guarded by the server's lock. */
final class Account implements Actor {
    /** An app password. */
    record AppPassword(String name, String password, Instant createdAt, boolean privileged) {}

    final String did;
    final String handle;
    final String email;
    String password;
    final SigningKey key;
    final Repo repo;
    final Blobs blobs = new Blobs();
    final Map<String, AppPassword> appPasswords = new LinkedHashMap<>();
    final Instant createdAt;

    boolean takenDown;
    boolean suspended;
    boolean deactivated;

    @Nullable
    String pdsEndpoint;

    List<LexMap> preferences = new ArrayList<>();

    Account(String did, String handle, String email, String password, SigningKey key, Repo repo, Instant createdAt) {
        this.did = did;
        this.handle = handle;
        this.email = email;
        this.password = password;
        this.key = key;
        this.repo = repo;
        this.createdAt = createdAt;
    }

    @Override
    public String did() {
        return did;
    }

    @Override
    public String handle() {
        return handle;
    }

    /** Returns whether the operators have taken down or suspended the account. */
    @Override
    public boolean removed() {
        return takenDown || suspended;
    }

    @Override
    public boolean active() {
        return !removed() && !deactivated;
    }

    /** Returns the status as session methods report it, or null if the account is active. */
    @Nullable
    String status() {
        return takenDown ? "takendown" : suspended ? "suspended" : deactivated ? "deactivated" : null;
    }
}
