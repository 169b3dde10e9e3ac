package dev.atlex.cli;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * No log: whatever its user should know, the program says itself. It spares the start of {@code java.logging}, and stderr
 * the lines that this would write there.
 */
public final class SilentLoggerFinder extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Silent(name);
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
