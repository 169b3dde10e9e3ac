package dev.atlex.conformance;

import dev.atlex.oauth.Browser;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A real browser with a user who signs in with one account and decides in one way. Each URL is opened in the
 * background, as {@link Browser} requires.
 */
final class Chromium implements Browser {
    /** The user's decision. */
    enum Decision {
        APPROVE,
        DENY,
        /** Cancels before signing in. */
        CANCEL,
        /** Only looks at the page. */
        LOOK
    }

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Installation installation = Installation.browser();
    private final TestAccount account;
    private final Decision decision;
    private final String name;
    private final CompletableFuture<List<Page>> visit = new CompletableFuture<>();

    /**
     * A page that the user has seen.
     *
     * @param text the visible text
     * @param fixed the values of the inputs that the user can't change
     */
    record Page(URI url, String title, String text, List<String> fixed) {
        private static Page of(Map<?, ?> json) {
            return new Page(
                    URI.create(String.valueOf(json.get("url"))),
                    String.valueOf(json.get("title")),
                    String.valueOf(json.get("text")),
                    json.get("fixed") instanceof List<?> values
                            ? values.stream().map(String::valueOf).toList()
                            : List.of());
        }
    }

    /** @param name the beginning of the names of the screenshots, in {@code target/browser} */
    Chromium(TestAccount account, Decision decision, String name) {
        this.account = account;
        this.decision = decision;
        this.name = name;
    }

    @Override
    public void open(URI url) {
        Thread program = Thread.currentThread();
        Thread thread = new Thread(
                () -> {
                    try {
                        visit.complete(visit(url));
                    } catch (RuntimeException | IOException e) {
                        visit.completeExceptionally(e);
                        // It would wait for a callback that never comes.
                        program.interrupt();
                    }
                },
                "chromium");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens the URL, and returns the pages once the visit has ended. */
    List<Page> visitNow(URI url) {
        open(url);
        return pages();
    }

    /** Waits until the visit has ended. Returns the pages in their order. */
    List<Page> pages() {
        try {
            return visit.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the visit failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the visit didn't end", e);
        } catch (InterruptedException e) {
            // Not kept: the failed visit interrupts, and the next test needs the thread.
            throw new IllegalStateException("the visit failed", e);
        }
    }

    private List<Page> visit(URI url) throws IOException {
        Path out = installation.newLog(name + "-out");
        Path err = installation.newLog(name);
        Path screenshot = err.resolveSibling(name);
        List<String> arguments = List.of(
                url.toString(),
                account.handle(),
                account.password(),
                decision.name().toLowerCase(Locale.ROOT),
                screenshot.toString());
        int exit = Installation.run(installation.command("visit.mjs", arguments), out, err, LIMIT);
        if (exit != 0) {
            throw new IllegalStateException("visit.mjs failed with exit code " + exit + ":\n" + Installation.tail(err));
        }
        Map<String, @Nullable Object> result = Json.object(Files.readString(out));
        List<Page> pages = new ArrayList<>();
        if (result.get("pages") instanceof List<?> all) {
            all.forEach(page -> pages.add(Page.of((Map<?, ?>) page)));
        }
        return pages;
    }
}
