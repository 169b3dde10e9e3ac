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
 * Takes all that any logger of this JVM has to say, at its finest level, and searches it for secrets. In long runs the JDK's
 * HTTP client is left out: it says the same in short ones, over a hundred lines for a call.
 */
final class Watch extends Handler {
    private static final int ENOUGH = 20;
    private static final Logger CHATTY = Logger.getLogger("jdk.internal.httpclient.debug");

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final LongAdder records = new LongAdder();
    private final List<String> found = Collections.synchronizedList(new ArrayList<>());
    private final Consumer<String> teller;

    private Watch(Consumer<String> teller) {
        this.teller = teller;
    }

    /** In place of all other handlers. */
    static Watch install(Consumer<String> teller) {
        LogManager.getLogManager().reset();
        Watch watch = new Watch(teller);
        watch.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.setLevel(Level.ALL);
        root.addHandler(watch);
        if (Size.LONG) {
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

    /** Searches another text. */
    void search(String where, String text) {
        String secret = Secrets.find(text);
        if (secret != null && found.size() < ENOUGH) {
            found.add(where + ": " + secret);
            teller.accept("SECRET in " + where + ": " + secret.replace('\n', ' '));
        }
    }

    /** How many records there were. */
    long records() {
        return records.sum();
    }

    /** Where secrets were. */
    List<String> found() {
        return List.copyOf(found);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
