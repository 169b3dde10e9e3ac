package dev.atlex.endurance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Searches everything that this JVM logs, at the finest level, for secrets. Only short runs include the debug log of
 * the JDK's HTTP client, which writes over a hundred lines per call.
 */
final class SecretScanner extends Handler {
    private static final int MAX_FOUND = 20;
    private static final Logger CHATTY = Logger.getLogger("jdk.internal.httpclient.debug");

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final LongAdder records = new LongAdder();
    private final List<String> found = Collections.synchronizedList(new ArrayList<>());
    private final Consumer<String> report;

    private SecretScanner(Consumer<String> report) {
        this.report = report;
    }

    /** Replaces all log handlers of the JVM. */
    static SecretScanner install(Consumer<String> report) {
        LogManager.getLogManager().reset();
        SecretScanner watch = new SecretScanner(report);
        watch.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.setLevel(Level.ALL);
        root.addHandler(watch);
        if (Scale.LONG) {
            CHATTY.setLevel(Level.OFF);
        }
        return watch;
    }

    @Override
    public void publish(LogRecord logged) {
        records.increment();
        StringBuilder text = new StringBuilder(formatter.formatMessage(logged));
        if (logged.getParameters() != null) {
            text.append(Arrays.toString(logged.getParameters()));
        }
        if (logged.getThrown() != null) {
            text.append(Secrets.text(logged.getThrown()));
        }
        search("the logger " + logged.getLoggerName() + " at " + logged.getLevel(), text.toString());
    }

    /** Searches a String from another source. */
    void search(String where, String text) {
        String secret = Secrets.find(text);
        if (secret != null && found.size() < MAX_FOUND) {
            found.add(where + ": " + secret);
            report.accept("SECRET in " + where + ": " + secret.replace('\n', ' '));
        }
    }

    /** Returns the number of log records so far. */
    long records() {
        return records.sum();
    }

    /** Returns the places where secrets were found, up to 20. */
    List<String> found() {
        return List.copyOf(found);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
