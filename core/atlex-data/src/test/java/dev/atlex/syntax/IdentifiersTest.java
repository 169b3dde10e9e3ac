package dev.atlex.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.InvalidSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
    @Test
    void aDidHasAMethodAndAnIdentifier() {
        Did did = Did.of("did:web:localhost%3A1234:more");
        assertThat(did.method()).isEqualTo("web");
        assertThat(did.identifier()).isEqualTo("localhost%3A1234:more");
    }

    @Test
    void aDidMayHave2048Characters() {
        String longest = "did:m:" + "v".repeat(2042);
        assertThat(Did.isValid(longest)).isTrue();
        assertThat(Did.isValid(longest + "v")).isFalse();
    }

    @Test
    void handlesAreCaseSensitiveUnlessNormalized() {
        Handle handle = Handle.of("Alice.Example.COM");
        assertThat(handle).hasToString("Alice.Example.COM").isNotEqualTo(Handle.of("alice.example.com"));
        assertThat(handle.normalized()).isEqualTo(Handle.of("alice.example.com"));
        Handle lower = handle.normalized();
        assertThat(lower.normalized()).isSameAs(lower);
        assertThat(Handle.of("handle.invalid").isInvalid()).isTrue();
        assertThat(handle.isInvalid()).isFalse();
    }

    @Test
    void aHandleMayHave253CharactersInLabelsOf63() {
        String label = "a".repeat(63);
        String longest = label + "." + label + "." + label + "." + "a".repeat(61);
        assertThat(longest).hasSize(253);
        assertThat(Handle.isValid(longest)).isTrue();
        assertThat(Handle.isValid(longest + "a")).isFalse();
        assertThat(Handle.isValid("a".repeat(64) + ".test")).isFalse();
        assertThat(Handle.isValid("test." + "a".repeat(64))).isFalse();
    }

    @Test
    void atIdentifier_prefixDecidesBetweenDidAndHandle() {
        assertThat(AtIdentifier.of("did:plc:abc")).isEqualTo(Did.of("did:plc:abc"));
        assertThat(AtIdentifier.of("did.example.com")).isEqualTo(Handle.of("did.example.com"));
        assertThat(AtIdentifier.unchecked("did:plc:abc")).isInstanceOf(Did.class);
        assertThat(AtIdentifier.unchecked("alice.test")).isInstanceOf(Handle.class);
        assertThatThrownBy(() -> AtIdentifier.of("DID:plc:abc")).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void anNsidHasAnAuthorityAndAName() {
        Nsid nsid = Nsid.of("app.bsky.feed.post");
        assertThat(nsid.authority()).isEqualTo("feed.bsky.app");
        assertThat(nsid.name()).isEqualTo("post");
        assertThat(nsid.segments()).containsExactly("app", "bsky", "feed", "post");
        assertThat(Nsid.of("a.b.c").authority()).isEqualTo("b.a");
    }

    @Test
    void nsid_lengthAndHyphensAreLimited() {
        String authority = ("a".repeat(62) + ".").repeat(4);
        assertThat(authority.length()).isEqualTo(252);
        assertThat(Nsid.isValid(authority + "aa." + "n".repeat(62))).isTrue();
        assertThat(Nsid.isValid(authority + "aa." + "n".repeat(63))).isFalse();
        assertThat(Nsid.isValid("com.ex-ample.name")).isTrue();
        assertThat(Nsid.isValid("com.example.na-me")).isFalse();
        assertThat(Nsid.isValid("com.example.2name")).isFalse();
    }

    @Test
    void recordKey_lengthAndDotSegmentsAreChecked() {
        assertThat(RecordKey.SELF).isEqualTo(RecordKey.of("self"));
        assertThat(RecordKey.isValid("...")).isTrue();
        assertThat(RecordKey.isValid("..")).isFalse();
        assertThat(RecordKey.isValid("a".repeat(512))).isTrue();
        assertThat(RecordKey.isValid("a".repeat(513))).isFalse();
        assertThatThrownBy(() -> RecordKey.of("")).hasMessageContaining("is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                ".",
                ":",
                "did:",
                "did::x",
                "did:a",
                "did:a:",
                "a..b",
                "a.b.",
                ".a.b",
                "ä.example.com",
                "alice.exämple.com",
                "com.example.ñame",
                "a\u0000.b.c",
                "a.b.c\n",
                "\ud83d.b.c",
                "a.b.\udca9",
                "did:plc:\ud83d\udca9",
                "ａ.ｂ.ｃ",
                "a.b\u0130.c",
                "K.b.\u212A"
            })
    void malformedTextIsNotAnIdentifier(String text) {
        assertThat(Did.isValid(text)).isFalse();
        assertThat(Nsid.isValid(text)).isFalse();
        assertThat(AtIdentifier.isValid(text)).isFalse();
        assertThat(AtUri.isValid("at://" + text)).isFalse();
        assertThat(Tid.isValid(text)).isFalse();
        assertThat(Handle.isValid(text)).isFalse();
        assertThat(Datetime.isValidLenient(text)).isFalse();
    }

    @Test
    void messagesStateTheReason() {
        assertThatThrownBy(() -> Did.of("did:PLC:abc"))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessage("not a valid did: \"did:PLC:abc\""
                        + " (its method must consist of lowercase letters, followed by a colon)");
        assertThatThrownBy(() -> Handle.of("alice")).hasMessageContaining("fewer than two labels");
        assertThatThrownBy(() -> Nsid.of("com.example.a_b")).hasMessageContaining("other than ASCII letters");
        assertThatThrownBy(() -> AtUri.of("at://alice.test/")).hasMessageContaining("ends with a slash");
        assertThatThrownBy(() -> AtUri.of("at://alice.test/com.example.a/b?c")).hasMessageContaining("record key");
        assertThatThrownBy(() -> Datetime.of("2026-13-01T00:00:00Z")).hasMessageContaining("month");
        assertThatThrownBy(() -> Tid.of("zzzzzzzzzzzzz")).hasMessageContaining("greater than j");
    }

    @Test
    void anAtUriHasUpToThreeParts() {
        AtUri repository = AtUri.of("at://alice.test");
        assertThat(repository.authority()).isEqualTo(Handle.of("alice.test"));
        assertThat(repository.collection()).isNull();
        assertThat(repository.recordKey()).isNull();

        AtUri collection = AtUri.of("at://did:plc:abc/com.example.note");
        assertThat(collection.authority()).isEqualTo(Did.of("did:plc:abc"));
        assertThat(collection.collection()).isEqualTo(Nsid.of("com.example.note"));
        assertThat(collection.recordKey()).isNull();

        AtUri record = AtUri.of("at://did:plc:abc/com.example.note/self");
        assertThat(record.authority()).isEqualTo(Did.of("did:plc:abc"));
        assertThat(record.collection()).isEqualTo(Nsid.of("com.example.note"));
        assertThat(record.recordKey()).isEqualTo(RecordKey.SELF);
    }

    @Test
    void atUriIsBuiltFromItsParts() {
        Did did = Did.of("did:plc:abc");
        Nsid nsid = Nsid.of("com.example.note");
        assertThat(AtUri.of(did)).isEqualTo(AtUri.of("at://did:plc:abc"));
        assertThat(AtUri.of(did, nsid)).isEqualTo(AtUri.of("at://did:plc:abc/com.example.note"));
        assertThat(AtUri.of(did, nsid, RecordKey.of("a:b")))
                .isEqualTo(AtUri.of("at://did:plc:abc/com.example.note/a:b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at://alice.test?q=1",
                "at://alice.test#frag",
                "at://alice.test/com.example.note?q=1",
                "at://alice.test/com.example.note#/text",
                "at://alice.test/com.example.note/self#/text",
                "at://alice.test//self",
                "at://alice.test/com.example.note/self/",
                "at://",
                "at:///",
                "at",
            })
    void atUri_queryFragmentOrEmptySegment_isInvalid(String text) {
        assertThat(AtUri.isValid(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at://alice.test/com.example.note/self?q=1#/text/0",
                "at://alice.test/com.example.note/self#/text/0",
                "at://alice.test/com.example.note/self/",
                "at://alice.test/com.example.note/self/?q=1",
            })
    void lenientAtUri_partsExcludeQueryAndFragment(String text) {
        assertThat(AtUri.isValidLenient(text)).isTrue();
        AtUri uri = AtUri.unchecked(text);
        assertThat(uri.authority()).isEqualTo(Handle.of("alice.test"));
        assertThat(uri.collection()).isEqualTo(Nsid.of("com.example.note"));
        assertThat(uri.recordKey()).isEqualTo(RecordKey.SELF);
        assertThat(AtUri.unchecked("at://alice.test/").collection()).isNull();
        assertThat(AtUri.unchecked("at://alice.test?a/b/c").recordKey()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "at://",
                "at:///",
                "at://?q",
                "at://#/x",
                "at://alice",
                "at://alice.test//",
                "at://alice.test/note",
                "at://alice.test/com.example.note//",
                "at://alice.test/com.example.note/a/b",
                "at://alice.test/com.example.note#x",
                "at://alice.test#/a#/b",
                "at://alice.test/com.example.note/ü",
            })
    void malformedAtUriIsRejectedEvenLeniently(String text) {
        assertThat(AtUri.isValidLenient(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/hosts",
                "git+ssh://git@example.com/x.git",
                "mailto:alice@example.com",
                "https://example.com/ü?q=日本\ud83d\udca9",
                "a:b",
                "at://did:plc:abc/x#y",
            })
    void urisOfAnySchemeAreValid(String text) {
        assertThat(Uris.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "https://",
                "https:",
                "1http://example.com",
                "my_scheme:x",
                "https://example.com/a\tb",
                "https://example.com/a\u00a0b",
                "https://example.com/a\ufeffb",
                "https://example.com/a\u3000b",
                "https://example.com/a\u0000b",
                "https://example.com/a\u007fb",
                "höttp://example.com",
                "K\u212A:x",
            })
    void uri_missingSchemeOrWhiteSpace_isInvalid(String text) {
        assertThat(Uris.isValid(text)).isFalse();
    }

    @Test
    void uriLengthIsLimitedInBytes() {
        String longest = "x:" + "ü".repeat(4095);
        assertThat(Uris.isValid(longest)).isTrue();
        assertThat(Uris.isValid(longest + "a")).isFalse();
        assertThat(Uris.isValid("x:ab" + "\ud83d\udca9".repeat(2047))).isTrue();
        assertThat(Uris.isValid("x:abc" + "\ud83d\udca9".repeat(2047))).isFalse();
    }

    @Test
    void languageTagReturnsLanguageAndLocale() {
        assertThat(LanguageTag.of("pt-BR").language()).isEqualTo("pt");
        assertThat(LanguageTag.of("ban").language()).isEqualTo("ban");
        assertThat(LanguageTag.of("zh-Hant").toLocale().getScript()).isEqualTo("Hant");
        assertThat(LanguageTag.of("pt-BR").toLocale().getCountry()).isEqualTo("BR");
    }

    @Test
    void lenientLanguageTagsOnlyNeedToBeWellFormed() {
        for (String text : new String[] {"JA", "jaja", "de-DE-1901-1901", "en-a-foo-a-bar", "En-us"}) {
            assertThat(LanguageTag.isValid(text)).as(text).isFalse();
            assertThat(LanguageTag.isValidLenient(text)).as(text).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "j",
                "ja-",
                "ja--JP",
                "-ja",
                "x",
                "x-",
                "de-x",
                "de-x-",
                "x-123456789",
                "en-a",
                "en-a-",
                "en-a-b",
                "de-419-DE",
                "en-abcdefghi",
                "ja_JP",
                "ja-JP ",
                "\u0131d",
                "zh-abc-def-ghi-jkl",
                "abcdefghi",
                "i-unknown"
            })
    void malformedTagsAreRejectedEvenLeniently(String text) {
        assertThat(LanguageTag.isValidLenient(text)).isFalse();
        assertThat(LanguageTag.isValid(text)).isFalse();
    }

    @Test
    void identifiersAreOrderedAsStrings() {
        assertThat(Did.of("did:a:a")).isLessThan(Did.of("did:a:b"));
        assertThat(Handle.of("a.test")).isLessThan(Handle.of("b.test"));
        assertThat(Nsid.of("a.b.c")).isLessThan(Nsid.of("a.b.d"));
        assertThat(RecordKey.of("a")).isLessThan(RecordKey.of("b"));
        assertThat(AtUri.of("at://a.test")).isLessThan(AtUri.of("at://b.test"));
        assertThat(LanguageTag.of("de")).isLessThan(LanguageTag.of("en"));
    }
}
