package dev.atlex.schema.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Codec;
import dev.atlex.schema.generated.BlobRule;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.syntax.Did;
import org.junit.jupiter.api.Test;

class ValueCodecsTest {
    private static final String CID = "bafyreibvyv4qrcy3xpmvgxwmnl7lnc5hqhvdfc3a5xxfvlnbsqt4btrsi4";

    @Test
    void identifier_canAlsoBeKey() {
        assertThat(ValueCodecs.of(Did.class)).isSameAs(Codecs.DID);
        assertThat(ValueCodecs.ofKey(Did.class)).isSameAs(Codecs.DID);
    }

    @Test
    void untypedValue_cannotBeKey() {
        assertThat(ValueCodecs.of(LexValue.class)).isSameAs(Codecs.VALUE);
        assertThat(ValueCodecs.of(LexMap.class)).isSameAs(Codecs.VALUE);
        assertThat(ValueCodecs.of(BlobRef.class)).isSameAs(BlobRule.ANY);
        assertThat(ValueCodecs.ofKey(LexMap.class)).isNull();
        assertThat(ValueCodecs.ofKey(BlobRef.class)).isNull();
    }

    @Test
    void otherType_hasNoCodec() {
        assertThat(ValueCodecs.of(String.class)).isNull();
        assertThat(ValueCodecs.ofKey(String.class)).isNull();
    }

    @Test
    @SuppressWarnings("unchecked")
    void cid_isReadInBothFormsAndWrittenAsALink() {
        Codec<Cid> codec = (Codec<Cid>) ValueCodecs.of(Cid.class);
        assertThat(codec).isNotNull().isSameAs(ValueCodecs.ofKey(Cid.class));
        String link = "{\"$link\":\"" + CID + "\"}";
        assertThat(codec.fromJson(link)).isEqualTo(Cid.of(CID)).isEqualTo(codec.fromJson('"' + CID + '"'));
        assertThat(codec.toJson(Cid.of(CID))).asString(UTF_8).isEqualTo(link);
    }
}
