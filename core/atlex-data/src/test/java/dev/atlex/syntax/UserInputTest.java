package dev.atlex.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atlex.data.InvalidSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses identifiers as users type and paste them. */
class UserInputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice.test",
                "@alice.test",
                " @ alice.test ",
                "@@alice.test",
                "\uff20alice.test",
                "alice.test.",
                "alice.test ..",
                "Alice.TEST",
                "\u202aalice.test\u202c",
                "@\u202aalice.test\u202c",
                "\u2068@alice.test\u2069",
                "\u200ealice.test\u200f",
                "\ufeffalice.test",
                "\u200b\u200c\u200d\u2060alice.test\u00ad",
                "\u00a0alice.test\u3000",
                "alice.test\r\n",
                "\talice.test\u0000",
                "alice.test\u2028",
                "alice\u3002test",
                "alice\uff0etest\uff61",
                "alice.test\ufe0f",
                "alice.test\udb40\udd00",
                "at://alice.test",
                "at://alice.test/",
                "https://bsky.app/profile/alice.test",
                "https://bsky.app/profile/alice.test/",
                "https://bsky.app/profile/@alice.test?ref=x#y",
                "HTTP://Example.com/profile/Alice.test",
                "bsky.app/profile/alice.test "
            })
    void handleIsExtractedFromPastedText(String text) {
        assertThat(UserInput.identifier(text)).isEqualTo(Handle.of("alice.test"));
        assertThat(UserInput.signInIdentifier(text)).isEqualTo("alice.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:plc:ewvi7nxzyoun6zhxrhs64oiz",
                " did:plc:ewvi7nxzyoun6zhxrhs64oiz\n",
                "@did:plc:ewvi7nxzyoun6zhxrhs64oiz",
                "did:plc:ewvi7nxzyoun6zhxrhs64oiz.",
                "Did:plc:ewvi7nxzyoun6zhxrhs64oiz",
                "DID:PLC:EWVI7NXZYOUN6ZHXRHS64OIZ",
                "\u200bdid:plc:ewvi7nxzyoun6zhxrhs64oiz\ufeff",
                "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz",
                "https://bsky.app/profile/did:plc:ewvi7nxzyoun6zhxrhs64oiz"
            })
    void didIsExtractedFromPastedText(String text) {
        assertThat(UserInput.identifier(text)).isEqualTo(Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz"));
        assertThat(UserInput.signInIdentifier(text)).isEqualTo("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    }

    @Test
    void aValidDidKeepsItsCase() {
        assertThat(UserInput.identifier(" did:web:localhost%3A1234 ")).isEqualTo(Did.of("did:web:localhost%3A1234"));
        assertThat(UserInput.identifier("Did:web:Example.com")).isEqualTo(Did.of("did:web:example.com"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    Alice@Example.com, Alice@Example.com
                    ' alice@example.com\u200b', alice@example.com
                    alice@example.com., alice@example.com
                    alice+bot@mail.example.com, alice+bot@mail.example.com
                    alice\uff20example\uff0ecom, alice@example.com
                    o'hara@b\u00fccher.example, o'hara@b\u00fccher.example
                    """, quoteCharacter = '"')
    void emailAddressIsAcceptedForSignInOnly(String text, String address) {
        String typed = text.startsWith("'") ? text.substring(1, text.length() - 1) : text;

        assertThat(UserInput.signInIdentifier(typed)).isEqualTo(address);
        assertThatExceptionOfType(InvalidSyntaxException.class)
                .isThrownBy(() -> UserInput.identifier(typed))
                .withMessageContaining("email");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    alice | has no domain; did you mean "alice.bsky.social"?
                    @Alice | did you mean "alice.bsky.social"?
                    @ | is empty
                    ... | is empty
                    @\u200b. | is empty
                    alice .test | whitespace
                    alice\u00a0b.test | whitespace
                    alice\u200b.test | U+200B
                    al\u202eice.test | U+202E
                    alice_b.test | a character other than ASCII letters
                    b\u00fccher.example | did you mean "xn--bcher-kva.example"
                    \u0430lice.test | handles are ASCII
                    alice..test | an empty label
                    @alice@example.com | another network
                    alice@ | another network
                    alice@localhost | another network
                    mailto:alice@example.com | not a valid email address
                    acct:alice@example.com | not a valid email address
                    <alice@example.com> | not a valid email address
                    alice@example.com, | not a valid email address
                    alice@example.com; | not a valid email address
                    alice@[127.0.0.1] | not a valid email address
                    Alice <alice@example.com> | whitespace
                    did: | did
                    did:plc | did
                    did:plc: | did
                    https://alice.test | is not the address of an account
                    https://alice.test/ | is not the address of an account
                    https://bsky.app/profile/ | is empty
                    https://bsky.app/profile/alice.test/post/3k | address of a record
                    at://alice.test/app.bsky.feed.post/3k | address of a record
                    ftp://a.test/profile/alice.test | is not the address of an account
                    handle.invalid | is the placeholder for a handle
                    """)
    void invalidIdentifierIsRejectedWithReason(String text, String reason) {
        assertThatExceptionOfType(InvalidSyntaxException.class)
                .isThrownBy(() -> UserInput.signInIdentifier(text))
                .withMessageContaining(reason);
    }

    @Test
    void emptyTextIsRejected() {
        for (String text : new String[] {"", " ", "\ufeff", "\n"}) {
            assertThatExceptionOfType(InvalidSyntaxException.class).isThrownBy(() -> UserInput.identifier(text));
            assertThatExceptionOfType(InvalidSyntaxException.class).isThrownBy(() -> UserInput.signInIdentifier(text));
        }
    }

    @Test
    void messagesDoNotContainAppPasswords() {
        assertThatExceptionOfType(InvalidSyntaxException.class)
                .isThrownBy(() -> UserInput.signInIdentifier(" abcd-efgh-ijkl-mn0p"))
                .withMessageContaining("app password")
                .withMessageNotContaining("efgh");
        assertThat(UserInput.isAppPassword("abcd-efgh-ijkl-mn0p")).isTrue();
        for (String other : new String[] {"", "abcd-efgh-ijkl-mnop ", "abcd-efgh-ijkl-mno.", "abcde-fgh-ijkl-mnop"}) {
            assertThat(UserInput.isAppPassword(other)).isFalse();
        }
    }

    @Test
    void messagesEscapeInvisibleCharacters() {
        assertThatExceptionOfType(InvalidSyntaxException.class)
                .isThrownBy(() -> Handle.of("\u202aalice.test"))
                .withMessageContaining("\"\\u202aalice.test\"");
    }

    @Test
    void onlyTheEndsAreStripped() {
        assertThat(UserInput.strip("\ufeff a b\u200bc \r\n")).isEqualTo("a b\u200bc");
        assertThat(UserInput.strip("@a.")).isEqualTo("@a.");
    }
}
