package dev.atlex.cli.runtime;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the folder for the user's configuration by the conventions of the operating system. */
public final class ConfigFolder {
    private ConfigFolder() {}

    /**
     * Returns the configuration folder of this program.
     *
     * @throws Failure if the user's home is unknown
     */
    public static Path of(CliEnvironment environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return of(environment, system, home(environment, system, System.getProperty("user.home")));
    }

    /**
     * Returns the user's home: {@code $HOME}, except on Windows, else the JVM's {@code user.home}.
     *
     * @throws Failure if neither is an absolute path
     */
    public static Path home(CliEnvironment environment, String system, @Nullable String jvmHome) {
        Path home = system.startsWith("windows") ? null : absolute(environment.variable("HOME"));
        if (home == null) {
            home = absolute(jvmHome);
        }
        if (home == null) {
            throw Failure.input("can't find the home folder; set $HOME or use --store");
        }
        return home;
    }

    /** Returns the configuration folder on an operating system, given its {@code os.name} in lowercase. */
    public static Path of(CliEnvironment environment, String system, Path home) {
        if (system.startsWith("windows")) {
            Path roaming = absolute(environment.variable("APPDATA"));
            return (roaming == null ? home.resolve("AppData").resolve("Roaming") : roaming).resolve("atlex");
        } else if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("atlex");
        }
        Path config = absolute(environment.variable("XDG_CONFIG_HOME"));
        return (config == null ? home.resolve(".config") : config).resolve("atlex");
    }

    /** Returns the path, or null if it isn't absolute: the XDG specification says to ignore such values. */
    private static @Nullable Path absolute(@Nullable String folder) {
        try {
            return folder == null || !Path.of(folder).isAbsolute() ? null : Path.of(folder);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
