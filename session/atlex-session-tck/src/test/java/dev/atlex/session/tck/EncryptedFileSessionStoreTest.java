package dev.atlex.session.tck;

import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.io.TempDir;

class EncryptedFileSessionStoreTest extends SessionStoreTck {
    @TempDir
    Path temporary;

    private static SessionStore in(Path folder) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return FileSessionStore.encrypted(folder, StoreEncryptionKey.of(() -> new SecretKeySpec(key, "AES")));
    }

    /** Opens the store in another JVM. */
    public static final class Factory implements StoreFactory {
        @Override
        public SessionStore open(String folder) {
            return in(Path.of(folder));
        }
    }

    private Path folder() {
        return temporary.resolve("sessions");
    }

    @Override
    protected SessionStore open() {
        return in(folder());
    }

    @Override
    protected boolean breakStorage() throws IOException {
        Files.move(folder(), temporary.resolve("unmounted"));
        return true;
    }

    @Override
    protected Optional<StoreProcess> process() {
        return Optional.of(new StoreProcess(Factory.class, folder().toString(), Duration.ZERO));
    }
}
