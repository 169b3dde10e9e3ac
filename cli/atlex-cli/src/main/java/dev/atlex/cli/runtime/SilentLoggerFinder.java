package dev.atlex.cli.runtime;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Turns library logging off, because stderr is reserved for one error line. {@code java.util.logging} isn't even
 * loaded, because that would take longer than most commands' own work. It is used if the user has configured it.
 */
public final class SilentLoggerFinder extends System.LoggerFinder {
    private static final boolean CONFIGURED = System.getProperty("java.util.logging.config.file") != null
            || System.getProperty("java.util.logging.config.class") != null;

    /** Creates the finder. The JDK calls this once. */
    public SilentLoggerFinder() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return CONFIGURED ? new JulLogger(name) : new Silent(name);
    }

    private record Silent(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {}

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {}
    }
}
