package dev.atlex.cli.runtime;

import java.util.ResourceBundle;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Passes messages to {@code java.util.logging}, as the JDK does by default. */
final class JulLogger implements System.Logger {
    private final Logger logger;

    JulLogger(String name) {
        this.logger = Logger.getLogger(name);
    }

    @Override
    public String getName() {
        return logger.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return logger.isLoggable(level(level));
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        log(level, bundle, message, thrown, new Object[0]);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
        log(level, bundle, format, null, values);
    }

    private void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown,
            @Nullable Object[] values) {
        if (!isLoggable(level)) {
            return;
        }
        LogRecord entry = new LogRecord(level(level), message);
        entry.setLoggerName(logger.getName());
        entry.setResourceBundle(bundle);
        entry.setThrown(thrown);
        entry.setParameters(values);
        logger.log(entry);
    }

    private static java.util.logging.Level level(Level level) {
        return switch (level) {
            case ALL -> java.util.logging.Level.ALL;
            case TRACE -> java.util.logging.Level.FINER;
            case DEBUG -> java.util.logging.Level.FINE;
            case INFO -> java.util.logging.Level.INFO;
            case WARNING -> java.util.logging.Level.WARNING;
            case ERROR -> java.util.logging.Level.SEVERE;
            case OFF -> java.util.logging.Level.OFF;
        };
    }
}
