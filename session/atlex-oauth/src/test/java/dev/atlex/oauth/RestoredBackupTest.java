package dev.atlex.oauth;

import static dev.atlex.oauth.OAuthFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.session.store.FileSessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a store whose files were replaced by older ones or by others. */
class RestoredBackupTest {
    @TempDir
    Path folder;

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("oauth_"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void olderEntry_isNotAdopted_butReplaced() throws IOException {
        try (OAuthFixture oauth = new OAuthFixture(new FileSessionStore(folder), options -> {})) {
            OAuthSession session = oauth.opened(oauth.alice);
            byte[] backup = Files.readAllBytes(file());
            assertThat(session.refresh().refreshed()).isTrue();
            OAuthSessionData newest = session.data();
            Files.write(file(), backup);

            assertThat(session.refresh().refreshed()).isTrue();
            assertThat(session.data()).isNotEqualTo(newest);
            call(session);
            call(oauth.resumed(oauth.alice));
        }
    }

    @Test
    void corruptEntry_isReplaced() throws IOException {
        try (OAuthFixture oauth = new OAuthFixture(new FileSessionStore(folder), options -> {})) {
            OAuthSession session = oauth.opened(oauth.alice);
            Files.writeString(file(), "not JSON");

            assertThat(session.refresh().refreshed()).isTrue();
            call(oauth.resumed(oauth.alice));
        }
    }
}
