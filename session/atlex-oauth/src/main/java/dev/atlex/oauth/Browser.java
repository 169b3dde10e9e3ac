package dev.atlex.oauth;

import java.net.URI;

/**
 * Shows a page to the user. Implement this interface to open a web view, or to print the URL:
 * {@code url -> System.err.println("open: " + url)}.
 */
@FunctionalInterface
public interface Browser {
    /**
     * Shows the page and returns at once, without waiting for the user.
     *
     * @param url an http or https URL
     * @throws BrowserUnavailableException if there is no browser
     */
    void open(URI url);

    /**
     * Returns the system's default browser. It is opened by the system's own command: {@code xdg-open}, {@code open} on
     * macOS, or {@code rundll32} on Windows. On Linux, the environment variable {@code BROWSER} takes precedence if it
     * is set.
     *
     * <p>{@link #open} throws {@link BrowserUnavailableException} if there is no such command, no desktop, or the
     * command fails.
     */
    static Browser system() {
        return SystemBrowser.create();
    }
}
