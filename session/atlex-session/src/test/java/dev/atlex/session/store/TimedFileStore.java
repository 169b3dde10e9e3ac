package dev.atlex.session.store;

import java.nio.file.Path;
import java.time.Clock;

/** File stores whose clock a test sets. */
public final class TimedFileStore {
    private TimedFileStore() {}

    public static FileSessionStore create(Path folder, Clock clock) {
        return new FileSessionStore(folder, null, clock);
    }
}
