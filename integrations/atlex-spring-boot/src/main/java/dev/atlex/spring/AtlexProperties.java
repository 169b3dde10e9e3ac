package dev.atlex.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The {@code atlex.*} properties of a Spring Boot application. */
@ConfigurationProperties("atlex")
public final class AtlexProperties {
    /**
     * URL of the account's server, such as https://bsky.social. By default, the server is found from the handle or DID.
     */
    private final @Nullable String service;

    /** Handle, DID or email address of the account. If missing or empty, there is no client bean. */
    private final @Nullable String handle;

    /** App password of the account. */
    private final @Nullable String password;

    /** Time limit for a request, up to the last byte of its response. */
    private final Duration timeout;

    /** Time limit for connecting to a server. */
    private final Duration connectTimeout;

    /** URL of an HTTP proxy, such as http://user:password@proxy.example.com:8080. By default, the JVM's proxy. */
    private final @Nullable String proxy;

    /** Hosts, domains and networks that are contacted without the proxy. */
    private final List<String> noProxy;

    /** Name of the SSL bundle whose certificates are trusted and presented. By default, the JVM's certificates. */
    private final @Nullable String sslBundle;

    /** The application's part of the User-Agent header, such as mybot/1.0 (+https://example.com/bot). */
    private final @Nullable String userAgent;

    /** Time limit for saving sessions and finishing queued logouts when the application stops. */
    private final Duration shutdownTimeout;

    private final Store store;
    private final Pool pool;

    /** Creates properties. Called by Spring Boot. */
    AtlexProperties(
            @Nullable String service,
            @Nullable String handle,
            @Nullable String password,
            @DefaultValue("60s") Duration timeout,
            @DefaultValue("10s") Duration connectTimeout,
            @Nullable String proxy,
            @DefaultValue List<String> noProxy,
            @Nullable String sslBundle,
            @Nullable String userAgent,
            @DefaultValue("5s") Duration shutdownTimeout,
            @DefaultValue Store store,
            @DefaultValue Pool pool) {
        this.service = orNull(service);
        this.handle = orNull(handle);
        this.password = orNull(password);
        this.timeout = timeout;
        this.connectTimeout = connectTimeout;
        this.proxy = orNull(proxy);
        this.noProxy = List.copyOf(noProxy);
        this.sslBundle = orNull(sslBundle);
        this.userAgent = orNull(userAgent);
        this.shutdownTimeout = shutdownTimeout;
        this.store = store;
        this.pool = pool;
    }

    /** Treats an empty value, such as from an unset placeholder, as missing. */
    private static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    /** Returns the URL of the account's server, or null to look it up. */
    public @Nullable String service() {
        return service;
    }

    /** Returns the account's handle, DID or email address, or null if the application has no account of its own. */
    public @Nullable String handle() {
        return handle;
    }

    /** Returns the account's app password, or null if it is missing. */
    public @Nullable String password() {
        return password;
    }

    /** Returns the time limit for a request. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns the time limit for connecting. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Returns the URL of the proxy, or null for the JVM's. It may contain a password. */
    public @Nullable String proxy() {
        return proxy;
    }

    /** Returns the hosts that are contacted without the proxy. */
    public List<String> noProxy() {
        return noProxy;
    }

    /** Returns the name of the SSL bundle, or null for the JVM's certificates. */
    public @Nullable String sslBundle() {
        return sslBundle;
    }

    /** Returns the application's part of the {@code User-Agent}, or null if there is none. */
    public @Nullable String userAgent() {
        return userAgent;
    }

    /** Returns the time limit for saving sessions and finishing queued logouts when the application stops. */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /** Returns the settings for the session store. */
    public Store store() {
        return store;
    }

    /** Returns the settings for the {@link dev.atlex.session.pool.AccountPool}. */
    public Pool pool() {
        return pool;
    }

    /** Returns the account and the store, without secrets. */
    @Override
    public String toString() {
        return "AtlexProperties[service=" + service + ", handle=" + handle + ", store=" + store + "]";
    }

    /** The kinds of session stores. */
    public enum StoreType {
        /** A folder if there is a path, otherwise PostgreSQL if there is a data source, otherwise memory. */
        AUTO,
        /** Memory. The application signs in again after each start. */
        MEMORY,
        /** A folder with one file for each account. */
        FILE,
        /** PostgreSQL, with the application's data source and the {@code atlex-session-postgres} module. */
        POSTGRES
    }

    /** Settings for the session store. */
    public static final class Store {
        /**
         * Kind of the store. By default, a folder if there is a path, otherwise PostgreSQL if there is a data source,
         * otherwise memory.
         */
        private final StoreType type;

        /** Folder of a file store. */
        private final @Nullable Path path;

        /** Key that encrypts a file store: 32 bytes in base64. */
        private final @Nullable String encryptionKey;

        /** Passphrase that encrypts a file store. */
        private final @Nullable String encryptionPassphrase;

        /** Schema for the tables in PostgreSQL. By default, the connections' current schema. */
        private final @Nullable String schema;

        /** Creates settings. Called by Spring Boot. */
        Store(
                @DefaultValue("auto") StoreType type,
                @Nullable Path path,
                @Nullable String encryptionKey,
                @Nullable String encryptionPassphrase,
                @Nullable String schema) {
            this.type = Objects.requireNonNull(type, "type");
            this.path = path;
            this.encryptionKey = orNull(encryptionKey);
            this.encryptionPassphrase = orNull(encryptionPassphrase);
            this.schema = orNull(schema);
        }

        /** Returns the kind of the store. */
        public StoreType type() {
            return type;
        }

        /** Returns the folder of a file store, or null if there is none. */
        public @Nullable Path path() {
            return path;
        }

        /** Returns the key of a file store in base64, or null if there is none. */
        public @Nullable String encryptionKey() {
            return encryptionKey;
        }

        /** Returns the passphrase of a file store, or null if there is none. */
        public @Nullable String encryptionPassphrase() {
            return encryptionPassphrase;
        }

        /** Returns the schema for the tables in PostgreSQL, or null for the connections' current schema. */
        public @Nullable String schema() {
            return schema;
        }

        /** Returns the settings without secrets. */
        @Override
        public String toString() {
            return "Store[type=" + type + ", path=" + path + ", schema=" + schema + "]";
        }
    }

    /** Settings for the {@link dev.atlex.session.pool.AccountPool}. */
    public static final class Pool {
        /** Maximum number of sessions to keep in memory. By default, all. */
        private final @Nullable Integer maxOpen;

        /** Number of accounts that maintenance refreshes concurrently. */
        private final int parallelism;

        /** Interval of maintenance: saving, retrying logouts, and refreshing idle sessions. */
        private final Duration maintainEvery;

        /** Time limit for calls in progress when the application stops. */
        private final Duration closeWithin;

        /** Creates settings. Called by Spring Boot. */
        Pool(
                @Nullable Integer maxOpen,
                @DefaultValue("4") int parallelism,
                @DefaultValue("1h") Duration maintainEvery,
                @DefaultValue("10s") Duration closeWithin) {
            this.maxOpen = maxOpen;
            this.parallelism = parallelism;
            this.maintainEvery = maintainEvery;
            this.closeWithin = closeWithin;
        }

        /** Returns the maximum number of sessions to keep in memory, or null for all. */
        public @Nullable Integer maxOpen() {
            return maxOpen;
        }

        /** Returns the number of accounts that maintenance refreshes concurrently. */
        public int parallelism() {
            return parallelism;
        }

        /** Returns the interval of maintenance. */
        public Duration maintainEvery() {
            return maintainEvery;
        }

        /** Returns the time limit for calls in progress when the application stops. */
        public Duration closeWithin() {
            return closeWithin;
        }
    }
}
