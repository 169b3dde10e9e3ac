package dev.atlex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README says what is true. */
class ReadmeTest {
    @RegisterExtension
    static LocalPdsExtension pds = LocalPdsExtension.create();

    @Test
    void postsEveryMorning(LocalPds server) {
        TestAccount alice = server.createAccount("alice.test", "password");
        server.faults().next("com.atproto.repo.createRecord", Fault.status(503));
        String url = server.url().toString();
        try (PasswordSession session = PasswordSession.login(url, alice.handle(), "password")) {
            assertThat(new Client(session).requireDid()).isEqualTo(alice.did());
        }
    }

    /** What "Post once" promises: two creates, two records, although the first answer is lost. */
    @Test
    void postsOnce(LocalPds server) {
        TestAccount bob = server.createAccount("bob.test", "password");
        try (PasswordSession session = PasswordSession.login(server.url().toString(), bob.handle(), "password")) {
            Client client = new Client(session);
            server.faults().next("com.atproto.repo.createRecord", Fault.dropAfterProcessing());
            ReadmeExamples.postOnce(
                    client,
                    Post.builder().text("Mine").createdAt(Datetime.now()).build());
            assertThat(server.faults().exhausted()).isTrue();
            assertThat(client.list(Post.RECORD).values())
                    .extracting(Post::text)
                    .containsExactly("Mine", "Good morning!");
        }
    }

    @Test
    void modulesAreThoseOfTheBuild() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        Matcher modules = Pattern.compile("<module>(.*?)</module>").matcher(Files.readString(Path.of("../pom.xml")));

        assertThat(modules.results().map(found -> found.group(1)))
                .allSatisfy(module -> assertThat(readme)
                        .contains("`" + (module.equals("bom") ? "atlex-bom" : module.replaceAll(".*/", "")) + "`"));
    }
}
