package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemBrowserTest {
    private static final URI URL = URI.create("https://pds.example.com/oauth/authorize?client_id=a&request_uri=b");

    @TempDir
    Path folder;

    private final List<List<String>> commands = new ArrayList<>();

    private SystemBrowser browser(String system, Map<String, String> environment) {
        return new SystemBrowser(system, environment, command -> {
            commands.add(command);
            return 0;
        });
    }

    private Map<String, String> linux(String... more) throws IOException {
        Path opener = folder.resolve("xdg-open");
        if (!Files.exists(opener)) {
            Files.createFile(
                    opener, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/nowhere:" + folder));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    @Test
    void windowsAndMac_useTheirOwnCommands() {
        browser("Windows 11", Map.of()).open(URL);
        browser("Mac OS X", Map.of()).open(URL);

        assertThat(commands)
                .containsExactly(
                        List.of("rundll32", "url.dll,FileProtocolHandler", URL.toString()),
                        List.of("open", URL.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISPLAY", "WAYLAND_DISPLAY"})
    void linuxWithDesktop_usesXdgOpen(String variable) throws IOException {
        browser("Linux", linux(variable, ":0")).open(URL);

        assertThat(commands).containsExactly(List.of(folder.resolve("xdg-open").toString(), URL.toString()));
    }

    @Test
    void browserVariable_takesPrecedence() throws IOException {
        browser("Linux", linux("BROWSER", "firefox --new-window")).open(URL);
        browser("Linux", linux("BROWSER", "lynx %s:w3m", "DISPLAY", ":0")).open(URL);

        assertThat(commands)
                .containsExactly(List.of("firefox", "--new-window", URL.toString()), List.of("lynx", URL.toString()));
    }

    @Test
    void noDesktop_isReported() throws IOException {
        Map<String, String> environment = linux("DISPLAY", "");

        assertThatThrownBy(() -> browser("Linux", environment).open(URL))
                .isInstanceOf(BrowserUnavailableException.class)
                .hasMessageContaining("there is no desktop");
        assertThat(commands).isEmpty();
    }

    @Test
    void missingOpener_isReported() {
        assertThatThrownBy(() -> browser("Linux", Map.of("DISPLAY", ":0", "PATH", "/nowhere"))
                        .open(URL))
                .isInstanceOf(BrowserUnavailableException.class)
                .hasMessageContaining("xdg-open is not installed");
    }

    @Test
    void failingCommand_isReportedWithoutTheUrl() {
        SystemBrowser failing = new SystemBrowser("Mac OS X", Map.of(), command -> 3);
        assertThatThrownBy(() -> failing.open(URL))
                .isInstanceOf(BrowserUnavailableException.class)
                .hasMessage("can't open a browser: open failed with exit status 3");

        SystemBrowser missing = new SystemBrowser("Mac OS X", Map.of(), command -> {
            throw new IOException("no such file");
        });
        assertThatThrownBy(() -> missing.open(URL)).isInstanceOf(BrowserUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "javascript:alert(1)", "mailto:a@example.com"})
    void otherScheme_isRejected(String url) {
        assertThatThrownBy(() -> browser("Mac OS X", Map.of()).open(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(commands).isEmpty();
    }

    /** A real program, instead of a real browser. */
    @Test
    void command_isRunWithTheUrlAsOneArgument() throws Exception {
        Path seen = folder.resolve("seen");
        Path script = Files.createFile(
                folder.resolve("browser"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(script, "#!/bin/sh\nprintf '%s|%s' \"$#\" \"$1\" > '" + seen + "'\n");

        SystemBrowser.create("Linux", Map.of("BROWSER", script.toString())).open(URL);

        assertThat(seen).hasContent("1|" + URL);
        Files.writeString(script, "#!/bin/sh\nexit 4\n");
        assertThatThrownBy(() -> SystemBrowser.create("Linux", Map.of("BROWSER", script.toString()))
                        .open(URL))
                .isInstanceOf(BrowserUnavailableException.class)
                .hasMessageContaining("exit status 4");
    }
}
