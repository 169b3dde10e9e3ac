package dev.atlex.session.tck;

import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileSessionStoreTest extends SessionStoreTck {
    @TempDir
    Path temporary;

    private Path folder;
    private Path link;

    @BeforeEach
    void linkToTheFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("folder")).resolve("sessions");
        link = Files.createSymbolicLink(temporary.resolve("link"), folder.getParent())
                .resolve("sessions");
    }

    /** Opens the store in another JVM. */
    public static final class Factory implements StoreFactory {
        @Override
        public SessionStore open(String folder) {
            return new FileSessionStore(Path.of(folder));
        }
    }

    @Override
    protected SessionStore open() {
        return new FileSessionStore(folder);
    }

    @Override
    protected SessionStore openElsewhere() {
        return new FileSessionStore(link);
    }

    @Override
    protected boolean breakStorage() throws IOException {
        Files.move(folder, folder.resolveSibling("unmounted"));
        return true;
    }

    @Override
    protected Optional<StoreProcess> process() {
        // The system releases locks before it reports the exit of a process.
        return Optional.of(new StoreProcess(Factory.class, folder.toString(), Duration.ZERO));
    }
}
