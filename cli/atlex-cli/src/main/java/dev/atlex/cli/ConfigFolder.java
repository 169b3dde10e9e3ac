package dev.atlex.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where this system's programs keep what is theirs in a user's home. */
final class ConfigFolder {
    private ConfigFolder() {}

    /** @throws Failure if no folder is known */
    static Path of(CliEnvironment world) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return of(world, system, home(world, system, System.getProperty("user.home")));
    }

    /**
     * Returns the user's home: {@code $HOME}, else what the JVM knows, which on Unix is the entry of the password
     * database. On Windows programs do not look at {@code $HOME}.
     */
    static Path home(CliEnvironment world, String system, @Nullable String ofJvm) {
        Path home = system.startsWith("windows") ? null : absolute(world.variable("HOME"));
        if (home == null) {
            home = absolute(ofJvm);
        }
        if (home == null) {
            throw Failure.input("no home folder is known; set $HOME, or name a folder with --store");
        }
        return home;
    }

    static Path of(CliEnvironment world, String system, Path home) {
        if (system.startsWith("windows")) {
            Path roaming = absolute(world.variable("APPDATA"));
            return (roaming == null ? home.resolve("AppData").resolve("Roaming") : roaming).resolve("atlex");
        } else if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("atlex");
        }
        Path config = absolute(world.variable("XDG_CONFIG_HOME"));
        return (config == null ? home.resolve(".config") : config).resolve("atlex");
    }

    /** The XDG specification has empty and relative folders ignored. */
    private static @Nullable Path absolute(@Nullable String folder) {
        try {
            return folder == null || !Path.of(folder).isAbsolute() ? null : Path.of(folder);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
