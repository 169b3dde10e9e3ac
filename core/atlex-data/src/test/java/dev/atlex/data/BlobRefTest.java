package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlobRefTest {
    private static final Cid RAW = Cid.of("bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity");
    private static final Cid RECORD = Cid.of("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a");

    private static LexMap map(LexValue ref, String mimeType, long size) {
        return LexMap.builder()
                .put("$type", "blob")
                .put("ref", ref)
                .put("mimeType", mimeType)
                .put("size", size)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void currentFormRoundTrips(Format format) {
        BlobRef blob = BlobRef.of(RAW, "image/png", 0);

        assertThat(blob.toLexMap()).isEqualTo(map(RAW, "image/png", 0));
        BlobRef read = format.read(blob.toLexMap(), ReadOptions.STRICT, BlobRef::read);
        assertThat(read).isEqualTo(blob).hasSameHashCodeAs(blob);
        assertThat(read.isLegacy()).isFalse();
        assertThat(read.ref()).isEqualTo(RAW);
        assertThat(read.mimeType()).isEqualTo("image/png");
        assertThat(read.size()).isZero();
        assertThat(blob).isNotEqualTo(BlobRef.of(RAW, "image/png", 1)).isNotEqualTo(BlobRef.of(RAW, "image/x", 0));
    }

    @ParameterizedTest
    @EnumSource
    void legacyFormIsReadOnlyLenientlyAndPreserved(Format format) {
        LexMap legacy = LexMap.builder()
                .put("cid", RECORD.toString())
                .put("mimeType", "image/jpeg")
                .build();

        BlobRef read = format.read(legacy, ReadOptions.LENIENT, BlobRef::read);

        assertThat(read.isLegacy()).isTrue();
        assertThat(read.size()).isNegative();
        assertThat(read.ref()).isEqualTo(RECORD);
        assertThat(read.toLexMap()).isEqualTo(legacy);
        assertThatThrownBy(() -> format.read(legacy, ReadOptions.STRICT, BlobRef::read))
                .isInstanceOf(LexValidationException.class)
                .hasMessageContaining("blob");
        assertThatThrownBy(() -> format.read(
                        legacy.toBuilder().put("cid", "no cid").build(), ReadOptions.LENIENT, BlobRef::read))
                .isInstanceOf(LexValidationException.class);
        assertThatThrownBy(() ->
                        format.read(legacy.toBuilder().put("more", 1).build(), ReadOptions.LENIENT, BlobRef::read))
                .isInstanceOf(LexValidationException.class);
    }

    @ParameterizedTest
    @EnumSource
    void sizeOfMinusOne_isKeptInLenientMode(Format format) {
        LexMap unsized = map(RAW, "image/png", -1);

        BlobRef read = format.read(unsized, ReadOptions.LENIENT, BlobRef::read);

        assertThat(read.size()).isEqualTo(-1);
        assertThat(read.isLegacy()).isFalse();
        assertThat(read.toLexMap()).isEqualTo(unsized);
        assertThatThrownBy(() -> format.read(unsized, ReadOptions.STRICT, BlobRef::read))
                .isInstanceOf(LexException.class);
        assertThatThrownBy(() -> format.read(map(RAW, "image/png", -2), ReadOptions.LENIENT, BlobRef::read))
                .isInstanceOf(LexValidationException.class);
    }

    @ParameterizedTest
    @EnumSource
    void strictReading_linkToDagCbor_isRejected(Format format) {
        LexMap toRecord = map(RECORD, "image/png", 5);

        assertThat(format.<BlobRef>read(toRecord, ReadOptions.LENIENT, BlobRef::read)
                        .ref())
                .isEqualTo(RECORD);
        assertThatThrownBy(() -> format.read(toRecord, ReadOptions.STRICT, BlobRef::read))
                .isInstanceOf(LexException.class);
    }

    @ParameterizedTest
    @EnumSource
    void invalidReferencesAreRejected(Format format) {
        for (LexValue other : new LexValue[] {
            LexMap.of(),
            map(LexValue.of(RAW.toString()), "image/png", 1),
            map(RAW, "png", 1),
            map(RAW, "image/png", 1).toBuilder().remove("size").build(),
            map(RAW, "image/png", 1).toBuilder().put("size", "1").build(),
            map(RAW, "image/png", 1).toBuilder().put("alt", "x").build(),
            map(RAW, "image/png", 1).toBuilder().put("$type", "blobs").build()
        }) {
            for (ReadOptions options : new ReadOptions[] {ReadOptions.STRICT, ReadOptions.LENIENT}) {
                assertThatThrownBy(() -> format.read(other, options, BlobRef::read))
                        .as(other.toJson())
                        .isInstanceOf(LexException.class)
                        .hasMessageContaining("blob")
                        .hasMessageMatching(".* at \\$( \\(got object.*)?");
            }
        }
        assertThatThrownBy(() -> format.read(LexValue.of(1), ReadOptions.STRICT, BlobRef::read))
                .hasMessage("Expected an object at $ (got 1)");
    }

    @Test
    void of_negativeSize_isRejected() {
        assertThatThrownBy(() -> BlobRef.of(RAW, "image/png", -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
