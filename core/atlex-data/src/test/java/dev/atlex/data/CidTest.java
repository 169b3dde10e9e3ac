package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidTest {
    private static final String RECORD = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
    private static final String BLOB = "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity";

    @Test
    void cidsMatchOtherImplementations() {
        byte[] emptyMap = {(byte) 0xa0};
        assertThat(Cid.ofDagCbor(emptyMap)).hasToString("bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua");
        assertThat(Cid.ofRaw("hello world".getBytes(StandardCharsets.UTF_8)))
                .hasToString("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
    }

    @Test
    void partsAreReadFromText() {
        Cid record = Cid.of(RECORD);
        assertThat(record.version()).isEqualTo(1);
        assertThat(record.codec()).isEqualTo(Cid.CODEC_DAG_CBOR);
        assertThat(record.isDagCbor()).isTrue();
        assertThat(record.isRaw()).isFalse();
        assertThat(record.digest().size()).isEqualTo(32);
        assertThat(HexFormat.of().formatHex(record.toByteArray()))
                .startsWith("01711220")
                .endsWith(HexFormat.of().formatHex(record.digest().toByteArray()));

        Cid blob = Cid.of(BLOB);
        assertThat(blob.codec()).isEqualTo(Cid.CODEC_RAW);
        assertThat(blob.isRaw()).isTrue();
        assertThat(blob.isDagCbor()).isFalse();
    }

    @Test
    void bytesAndTextRoundTrip() {
        assertThat(Cid.ofBytes(Cid.of(RECORD).toByteArray())).isEqualTo(Cid.of(RECORD));
        assertThat(Cid.ofBytes(Cid.of(BLOB).toByteArray())).isEqualTo(Cid.of(BLOB));
    }

    @Test
    void otherMultibasesDecodeToTheSameBytes() {
        byte[] bytes = Cid.of(RECORD).toByteArray();
        String hex = HexFormat.of().formatHex(bytes);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        String base64url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        for (String text : new String[] {
            "f" + hex,
            "F" + hex.toUpperCase(Locale.ROOT),
            RECORD.toUpperCase(Locale.ROOT),
            "m" + base64,
            "u" + base64url,
            "zdpuAsDo7UZTXQtgvtq6uKnJCYMkEvf8XAgPxn8rtopYnpTDh"
        }) {
            Cid cid = Cid.of(text);
            assertThat(cid).hasToString(text);
            assertThat(cid.toByteArray()).as(text).isEqualTo(bytes);
            assertThat(cid.isDagCbor()).as(text).isTrue();
            assertThat(cid).isNotEqualTo(Cid.of(RECORD));
            assertThat(Cid.isValidLink(text)).as(text).isFalse();
        }
    }

    @Test
    void undecodableCid_failsOnlyWhenDecoded() {
        Cid octal = Cid.of("7134036155352661643226414134664076");
        assertThat(octal).hasToString("7134036155352661643226414134664076");
        assertThatThrownBy(octal::toByteArray)
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("multibase");
        assertThatThrownBy(octal::version).isInstanceOf(InvalidSyntaxException.class);

        Cid anotherVersion = Cid.of("f0271120207");
        assertThatThrownBy(anotherVersion::codec)
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("version");
        assertThatThrownBy(anotherVersion::toByteArray).isInstanceOf(InvalidSyntaxException.class);
        assertThatThrownBy(Cid.unchecked("")::digest).isInstanceOf(InvalidSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {RECORD, BLOB})
    void recordsAndBlobsAreValidLinks(String text) {
        assertThat(Cid.isValidLink(text)).isTrue();
        assertThat(Cid.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // nonzero unused bits in the last character
                "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2b",
                "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2c",
                // one character too few, one too many, padding, uppercase
                "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2",
                "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2aa",
                "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a======",
                "bafyreidfayvfuwqA7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a",
                // characters outside the alphabet, at both ends of the checked range
                "bafyreidf1yvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a",
                "bafyrei1fayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a",
                "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2é",
                "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2\ud83d",
                // a wrong length of the hash
                "bafyreiifayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a",
                // versions 0 and 2, and a truncated hash
                "QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR",
                "bajyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a",
                "bafyreidfayvfuwqa",
                "baaaaaaa",
                "b",
                "",
            })
    void malformedCidIsInvalid(String text) {
        assertThat(Cid.isValidLink(text)).isFalse();
        assertThat(Cid.isValid(text)).isFalse();
        assertThatThrownBy(() -> Cid.of(text)).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void otherCodecOrHash_isValidCidButInvalidLink() {
        String dagPb = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";
        assertThat(Cid.isValid(dagPb)).isTrue();
        assertThat(Cid.isValidLink(dagPb)).isFalse();
        assertThat(Cid.of(dagPb).codec()).isEqualTo(0x70);

        byte[] sha512 = new byte[4 + 64];
        sha512[0] = 1;
        sha512[1] = 0x55;
        sha512[2] = 0x13;
        sha512[3] = 64;
        Cid cid = Cid.ofBytes(sha512);
        assertThat(Cid.isValid(cid.toString())).isTrue();
        assertThat(Cid.isValidLink(cid.toString())).isFalse();
        assertThat(cid.digest().size()).isEqualTo(64);
    }

    @Test
    void multiByteCodecsAreDecoded() {
        // version 1, codec 0x0129 (dag-json) as a varint of two bytes, identity hash of two bytes
        Cid cid = Cid.ofBytes(new byte[] {1, (byte) 0xa9, 2, 0, 2, 7, 8});
        assertThat(cid.codec()).isEqualTo(0x0129);
        assertThat(cid.digest()).isEqualTo(Bytes.of(new byte[] {7, 8}));
    }

    @Test
    void ofBytes_notAVersion1Cid_isRejected() {
        byte[][] broken = {
            {},
            {1},
            {0x12, 0x20, 1, 2, 3, 4, 5, 6},
            {2, 0x71, 0x12, 2, 7, 8},
            {1, 0x71, 0x12, 3, 7, 8},
            {1, 0x71, 0x12, 1, 7, 8},
            {1, 0x71, 0x12, (byte) 0x82, 0, 7, 8}, // length not in its shortest form
            {1, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80}, // unterminated varint
        };
        for (byte[] bytes : broken) {
            assertThatThrownBy(() -> Cid.ofBytes(bytes))
                    .as(HexFormat.of().formatHex(bytes))
                    .isInstanceOf(InvalidSyntaxException.class);
        }
    }

    @Test
    void overlongTextIsRejectedBeforeDecoding() {
        String overlong = "z" + "2".repeat(1_000_000);
        assertThat(Cid.isValid(overlong)).isFalse();
        assertThatThrownBy(Cid.unchecked(overlong)::toByteArray).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void orderAndEqualityCompareText() {
        assertThat(Cid.of(RECORD)).isEqualTo(Cid.unchecked(RECORD)).hasSameHashCodeAs(Cid.unchecked(RECORD));
        assertThat(Cid.of(BLOB)).isLessThan(Cid.of(RECORD));
    }
}
