package dev.atlex.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where this system's programs keep what is theirs in a user's home. */
final class ConfigFolder {
    private ConfigFolder() {}

    static Path of(World world) {
        return of(
                world,
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT),
                Path.of(System.getProperty("user.home", ".")));
    }

    static Path of(World world, String system, Path home) {
        if (system.startsWith("windows")) {
            Path roaming = absolute(world.variable("APPDATA"));
            return (roaming == null ? home.resolve("AppData").resolve("Roaming") : roaming).resolve("atlex");
        } else if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("atlex");
        }
        Path config = absolute(world.variable("XDG_CONFIG_HOME"));
        return (config == null ? home.resolve(".config") : config).resolve("atlex");
    }

    /** The XDG specification has relative folders ignored. */
    private static @Nullable Path absolute(@Nullable String folder) {
        return folder == null || !Path.of(folder).isAbsolute() ? null : Path.of(folder);
    }
}
