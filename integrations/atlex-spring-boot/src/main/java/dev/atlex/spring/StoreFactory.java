package dev.atlex.spring;

import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import dev.atlex.spring.AtlexProperties.StoreType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;

/** Creates the session store that the properties describe. */
final class StoreFactory {
    private static final String POSTGRES = "dev.atlex.session.postgres.PostgresSessionStore";
    private static final int KEY_BYTES = 32;

    private final AtlexProperties.Store settings;
    private final ObjectProvider<DataSource> sources;

    StoreFactory(AtlexProperties.Store settings, ObjectProvider<DataSource> sources) {
        this.settings = settings;
        this.sources = sources;
    }

    /**
     * Checks the settings without creating a store, so that mistakes are reported at startup.
     *
     * @throws IllegalStateException if settings are missing or contradict each other
     */
    void check() {
        boolean encrypted = settings.encryptionKey() != null || settings.encryptionPassphrase() != null;
        if (settings.encryptionKey() != null && settings.encryptionPassphrase() != null) {
            throw invalid("encryption-key", "expected a key or a passphrase (got both)");
        } else if (settings.encryptionKey() != null) {
            key(settings.encryptionKey());
        }
        if (settings.type() == StoreType.FILE && settings.path() == null) {
            throw invalid("path", "expected a folder, because atlex.store.type is file (got nothing)");
        }
        if (encrypted && settings.path() == null) {
            throw invalid("encryption-key", "only a file store is encrypted; set atlex.store.path");
        }
        if (settings.type() == StoreType.POSTGRES && !hasPostgres()) {
            throw invalid("type", "postgres needs the module dev.atlex:atlex-session-postgres on the class path");
        }
    }

    SessionStore create() {
        return switch (settings.type()) {
            case MEMORY -> new MemorySessionStore();
            case FILE -> file();
            case POSTGRES -> postgres(requireSource());
            case AUTO -> automatic();
        };
    }

    private SessionStore automatic() {
        if (settings.path() != null) {
            return file();
        }
        DataSource source = hasPostgres() ? sources.getIfUnique() : null;
        return source == null ? new MemorySessionStore() : postgres(source);
    }

    private SessionStore file() {
        Path path = settings.path();
        if (path == null) {
            throw new IllegalStateException("missing path"); // refused by check()
        }
        StoreEncryptionKey key = encryptionKey();
        return key == null ? new FileSessionStore(path) : FileSessionStore.encrypted(path, key);
    }

    private @Nullable StoreEncryptionKey encryptionKey() {
        if (settings.encryptionKey() != null) {
            SecretKey key = key(settings.encryptionKey());
            return StoreEncryptionKey.of(() -> key);
        }
        String passphrase = settings.encryptionPassphrase();
        return passphrase == null ? null : StoreEncryptionKey.ofPassphrase(passphrase.toCharArray());
    }

    private static SecretKey key(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // The exception's message may quote the key.
            throw invalid("encryption-key", "expected " + KEY_BYTES + " bytes in base64 (got other characters)");
        }
        if (bytes.length != KEY_BYTES) {
            throw invalid(
                    "encryption-key", "expected " + KEY_BYTES + " bytes in base64 (got " + bytes.length + " bytes)");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private DataSource requireSource() {
        DataSource source = sources.getIfUnique();
        if (source == null) {
            throw invalid("type", "postgres needs a single DataSource bean, or a primary one");
        }
        return source;
    }

    private SessionStore postgres(DataSource source) {
        requirePostgres(source);
        return Postgres.create(source, settings.schema());
    }

    private static void requirePostgres(DataSource source) {
        String product;
        try (Connection connection = source.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            // Without the cause, which may quote the URL and with it a password.
            throw new IllegalStateException("atlex.store: failed to connect to the database (SQLState "
                    + e.getSQLState() + ", " + e.getClass().getSimpleName() + ")");
        }
        if (!"PostgreSQL".equals(product)) {
            throw invalid(
                    "type",
                    "the DataSource is " + product + ", not PostgreSQL; set atlex.store.type to file or memory");
        }
    }

    private static boolean hasPostgres() {
        return ClassUtils.isPresent(POSTGRES, StoreFactory.class.getClassLoader());
    }

    private static IllegalStateException invalid(String property, String problem) {
        return new IllegalStateException("atlex.store." + property + ": " + problem);
    }

    /** Creates the PostgreSQL store. This is a separate class because the module is optional. */
    private static final class Postgres {
        static SessionStore create(DataSource source, @Nullable String schema) {
            return PostgresSessionStore.create(source, options -> {
                if (schema != null) {
                    options.schema(schema);
                }
            });
        }
    }
}
