package dev.atlex.session;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Captures the log records of the tests' JVM, at every level, to search them for secrets. */
public final class CapturedLogs extends System.LoggerFinder {
    private static final List<String> LINES = new CopyOnWriteArrayList<>();

    /** For the service loader. */
    public CapturedLogs() {}

    static List<String> lines() {
        return LINES;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Capturing(name);
    }

    private record Capturing(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            // The JDK's own loggers would fill the list with the classes that it looks up.
            return name.startsWith("dev.atlex");
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                LINES.add(level + " " + message + (thrown == null ? "" : "\n" + text(thrown)));
            }
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, Object... values) {
            if (isLoggable(level)) {
                LINES.add(level + " " + MessageFormat.format(format, values));
            }
        }
    }

    /** A throwable with its whole chain of causes, as a log would show it. */
    static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
