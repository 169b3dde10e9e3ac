package dev.atlex.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atlex.identity.IdentityResolver;
import dev.atlex.syntax.Handle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @Test
    void loginUrlHasThreeParts() {
        Credentials credentials =
                Credentials.parse("https://alice.example.com:abcd-efgh-ijkl-mnop@pds.example.com:8443");

        assertThat(credentials.service()).hasToString("https://pds.example.com:8443");
        assertThat(credentials.identifier()).isEqualTo("alice.example.com");
        assertThat(credentials.password()).isEqualTo("abcd-efgh-ijkl-mnop");
        assertThat(credentials.authFactorToken()).isNull();
        assertThat(credentials.allowTakendown()).isFalse();
    }

    @Test
    void partsOfALoginUrlAreDecoded() {
        Credentials credentials = Credentials.parse("https://alice%40mail.test:a%3Ab+c%2F%25@pds.example.com/");

        assertThat(credentials.identifier()).isEqualTo("alice@mail.test");
        assertThat(credentials.password()).isEqualTo("a:b+c/%");
        assertThat(credentials.atIdentifier()).isNull();
    }

    @Test
    void didInALoginUrlKeepsItsColons() {
        assertThat(Credentials.parse("https://did%3Aplc%3Aabc:hunter22@pds.example.com")
                        .identifier())
                .isEqualTo("did:plc:abc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://alice.test:hunter22@pds.example.com/path | path",
                "https://alice.test:hunter22@pds.example.com/?q=1 | query",
                "https://alice.test:hunter22@pds.example.com?q=hunter22 | query",
                "https://alice.test:hunter22@pds.example.com#hunter22 | fragment",
                "https://pds.example.com/ | identifier or password",
                "https://hunter22@pds.example.com | identifier or password",
                "https://:hunter22@pds.example.com | identifier or password",
                "https://alice.test:@pds.example.com | identifier or password",
                "https://alice.test:hunter22@ | ",
                "https://alice.test:hunt er22@pds.example.com | not a URL",
                "https://alice.test:hunter22%zz@pds.example.com | not a URL",
                "ftp://alice.test:hunter22@pds.example.com | http",
                "//alice.test:hunter22@pds.example.com | http",
                "https:alice.test:hunter22@pds.example.com | ",
                "alice.test:hunter22@pds.example.com | ",
                "hunter22 | ",
                "https://%20:hunter22@pds.example.com | identifier",
            })
    void invalidLoginUrlIsExplainedWithoutThePassword(String url, String what) {
        Throwable failure = catchThrowable(() -> Credentials.parse(url));

        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(failure).hasMessageContaining(what == null ? "login URL" : what);
        assertThat(CapturedLogs.text(failure)).doesNotContain("hunter22").doesNotContain("er22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bsky.social",
                "ftp://bsky.social",
                "https://",
                "https:///path",
                "https://alice:hunter22@bsky.social",
                "https://bsky social",
                "/xrpc"
            })
    void serviceThatIsNotAnHttpUrlIsRejected(String service) {
        Throwable failure = catchThrowable(() -> Credentials.of(service, "alice.test", "hunter22"));

        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the service");
        assertThat(CapturedLogs.text(failure)).doesNotContain("hunter22");
    }

    @Test
    void serviceWithoutSchemeIsRejectedWithAnExample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.of("bsky.social", "alice.test", "hunter22"))
                .withMessage("the service is not an http or https URL like https://bsky.social");
    }

    @Test
    void serviceIsItsRoot() {
        assertThat(Credentials.of("https://bsky.social/some/path?x#y", "alice.test", "p")
                        .service())
                .hasToString("https://bsky.social");
    }

    @Test
    void trailingDotOfTheHost_isRemoved() {
        assertThat(Credentials.of(" https://bsky.social.:443/ ", "alice.test", "p")
                        .service())
                .hasToString("https://bsky.social:443");
    }

    @ParameterizedTest
    @CsvSource({
        "my_pds.example.com, underscore",
        "bücher.example, https://xn--bcher-kva.example",
        "-pds.example.com, hyphens"
    })
    void invalidHostIsNamedAndThePasswordIsNot(String host, String what) {
        for (Throwable failure : new Throwable[] {
            catchThrowable(() -> Credentials.of("https://" + host, "alice.test", "hunter22")),
            catchThrowable(() -> Credentials.parse("https://alice.test:hunter22@" + host)),
            catchThrowable(() -> PasswordSession.createAccount("https://" + host, a -> {}, SessionOptions.DEFAULTS))
        }) {
            assertThat(failure)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(host)
                    .hasMessageContaining(what);
            assertThat(CapturedLogs.text(failure)).doesNotContain("hunter22");
        }
    }

    @Test
    void emptyArgument_isRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> Credentials.of("https://bsky.social", " ", "hunter22"));
        assertThatIllegalArgumentException().isThrownBy(() -> Credentials.of("https://bsky.social", "alice.test", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@alice.test",
                "\u202aalice.test\u202c",
                "\ufeffAlice.test",
                "alice.test.",
                "\u00a0@alice.test\r\n",
                "https://bsky.app/profile/alice.test",
                "at://alice.test"
            })
    void pastedIdentifier_isCleanedUp(String pasted) {
        Credentials credentials = Credentials.of("https://bsky.social", pasted, " hunter22\n");

        assertThat(credentials.identifier()).isEqualTo("alice.test");
        assertThat(credentials.atIdentifier()).isEqualTo(Handle.of("alice.test"));
        assertThat(credentials.password()).as("a password is not touched").isEqualTo(" hunter22\n");
    }

    @Test
    void anEmailAddressKeepsItsCase() {
        assertThat(Credentials.of("https://bsky.social", " Alice@Mail.test\n", "p")
                        .identifier())
                .isEqualTo("Alice@Mail.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alice", "@", "\ufeff", "al ice.test", "alice@", "@alice@mail.test", "did:plc:", "handle.invalid"
            })
    void invalidIdentifierIsRejected(String identifier) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.of("https://bsky.social", identifier, "hunter22"))
                .withMessageContaining("the identifier is not a valid")
                .withMessageNotContaining("hunter22");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.resolve(identifier, "hunter22", IdentityResolver.create()))
                .withMessageContaining("the identifier is not a valid");
    }

    @Test
    void swappedArgumentsShowNoPassword() {
        for (String password : List.of("hunter22", "abcd-efgh-ijkl-mnop", "correct horse")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Credentials.of("https://bsky.social", password, "alice.test"))
                    .withMessageContaining("seem to be swapped")
                    .withMessageNotContaining(password);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.of("https://bsky.social", "abcd-efgh-ijkl-mnop", "hunter22"))
                .withMessageContaining("app password")
                .withMessageNotContaining("efgh");
    }

    @Test
    void toString_showsNoSecret() {
        Credentials credentials =
                Credentials.of("https://bsky.social", "alice.test", "hunter22").withAuthFactorToken("ABCDE-12345");

        assertThat(credentials.toString())
                .contains("alice.test", "https://bsky.social")
                .doesNotContain("hunter22")
                .doesNotContain("ABCDE");
    }

    @Nested
    class FromEnvironment {
        private final Map<String, String> variables = new HashMap<>(Map.of(
                "ATLEX_SERVICE", "https://bsky.social", "ATLEX_HANDLE", "Alice.Test", "ATLEX_PASSWORD", "hunter22"));

        @Test
        void variables_areRead() {
            assertThat(Credentials.fromEnvironment(variables))
                    .isEqualTo(Credentials.of("https://bsky.social", "alice.test", "hunter22"));
        }

        @Test
        void missingVariables_areNamed() {
            variables.remove("ATLEX_HANDLE");
            assertThatThrownBy(() -> Credentials.fromEnvironment(variables))
                    .isInstanceOf(MissingVariableException.class)
                    .hasMessage("credentials: missing environment variable ATLEX_HANDLE");
            variables.put("ATLEX_PASSWORD", " ");
            assertThatThrownBy(() -> Credentials.fromEnvironment(variables))
                    .isInstanceOfSatisfying(
                            MissingVariableException.class,
                            e -> assertThat(e.variables()).containsExactly("ATLEX_HANDLE", "ATLEX_PASSWORD"))
                    .hasMessage("credentials: missing environment variables ATLEX_HANDLE, ATLEX_PASSWORD");
        }

        @Test
        void invalidVariable_isReportedWithoutThePassword() {
            variables.put("ATLEX_SERVICE", "https://alice:hunter22@bsky.social");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Credentials.fromEnvironment(variables))
                    .withMessageNotContaining("hunter22");
        }
    }
}
