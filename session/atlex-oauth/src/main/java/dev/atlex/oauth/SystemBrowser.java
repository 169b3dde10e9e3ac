package dev.atlex.oauth;

import dev.atlex.client.internal.Origins;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the system's default browser with a command, since {@code java.awt.Desktop} would require the module
 * {@code java.desktop}.
 */
final class SystemBrowser implements Browser {
    /**
     * The time within which a command that can't open a browser exits. A command that is still running may be the
     * browser itself.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String system;
    private final Map<String, String> environment;
    private final Launcher launcher;

    /** Runs a command. */
    @FunctionalInterface
    interface Launcher {
        /** Returns the exit value of the command, or 0 if it is still running after a short time. */
        int run(List<String> command) throws IOException, InterruptedException;
    }

    /**
     * Creates a browser.
     *
     * @param system the system property {@code os.name}
     */
    SystemBrowser(String system, Map<String, String> environment, Launcher launcher) {
        this.system = system.toLowerCase(Locale.ROOT);
        this.environment = environment;
        this.launcher = launcher;
    }

    static SystemBrowser create() {
        return create(System.getProperty("os.name", ""), System.getenv());
    }

    static SystemBrowser create(String system, Map<String, String> environment) {
        return new SystemBrowser(system, environment, SystemBrowser::run);
    }

    @Override
    public void open(URI url) {
        // Other schemes could start programs.
        if (!Origins.isUsable(url)) {
            throw new IllegalArgumentException("the URL to open is not an http or https URL");
        }
        List<String> command = command(url.toString());
        int exit;
        try {
            exit = launcher.run(command);
        } catch (IOException e) {
            throw new BrowserUnavailableException("failed to run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrowserUnavailableException("interrupted while " + command.get(0) + " starts it", e);
        }
        if (exit != 0) {
            throw new BrowserUnavailableException(command.get(0) + " failed with exit status " + exit, null);
        }
    }

    private List<String> command(String url) {
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", url);
        } else if (system.startsWith("mac")) {
            return List.of("open", url);
        }
        String chosen = environment.get("BROWSER");
        if (chosen != null && !chosen.isBlank()) {
            // The variable may list several commands. Only the first is tried, without a shell, because a URL contains
            // &.
            return chosen(chosen.split(File.pathSeparator, -1)[0].strip(), url);
        }
        if (isUnset("DISPLAY") && isUnset("WAYLAND_DISPLAY")) {
            throw new BrowserUnavailableException(
                    "there is no desktop; DISPLAY, WAYLAND_DISPLAY and BROWSER aren't set", null);
        }
        String opener = find("xdg-open");
        if (opener == null) {
            throw new BrowserUnavailableException("xdg-open is not installed, and BROWSER isn't set", null);
        }
        return List.of(opener, url);
    }

    private static List<String> chosen(String command, String url) {
        List<String> words = new ArrayList<>(List.of(command.split("\\s+")));
        if (words.contains("%s")) {
            words.replaceAll(word -> word.equals("%s") ? url : word);
        } else {
            words.add(url);
        }
        return words;
    }

    private boolean isUnset(String variable) {
        String value = environment.get(variable);
        return value == null || value.isBlank();
    }

    private @Nullable String find(String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return Path.of(folder, program).toString();
            }
        }
        return null;
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : 0;
    }
}
