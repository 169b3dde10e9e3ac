package dev.atlex.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import org.junit.jupiter.api.Test;

class CommitTest {
    private static final Did DID = Did.of("did:plc:z72i7hdynmk6r22z27h6tvur");
    private static final Tid REV = Tid.of("3jzfcijpj2z2a");
    private static final P256PrivateKey KEY = P256PrivateKey.generate();
    private static final Commit COMMIT = Commit.sign(DID, Mst.empty().root(), REV, KEY);

    private static LexMap.Builder fields() {
        return ((LexMap) LexValue.parseCbor(COMMIT.block())).toBuilder();
    }

    private static void rejects(LexValue commit, String message) {
        assertThatThrownBy(() -> Commit.parse(commit.toCbor()))
                .isInstanceOf(RepoException.class)
                .hasMessage(message);
    }

    @Test
    void signedCommit_hasAllFields() {
        LexMap fields = (LexMap) LexValue.parseCbor(COMMIT.block());

        assertThat(fields).containsOnlyKeys("did", "rev", "sig", "data", "prev", "version");
        assertThat(fields).containsEntry("version", LexValue.of(3)).containsEntry("prev", LexValue.ofNull());
        assertThat(COMMIT.did()).isEqualTo(DID);
        assertThat(COMMIT.rev()).isEqualTo(REV);
        assertThat(COMMIT.data()).isEqualTo(Mst.empty().root());
        assertThat(COMMIT.prev()).isNull();
        assertThat(COMMIT.cid()).isEqualTo(Cid.ofDagCbor(COMMIT.block()));
    }

    @Test
    void signature_coversTheOtherFields() {
        byte[] sig = COMMIT.sig().toByteArray();

        assertThat(KEY.publicKey().verify(COMMIT.unsigned(), sig)).isTrue();
        assertThat(KEY.publicKey().verify(COMMIT.block(), sig)).isFalse();
    }

    @Test
    void parsedCommit_isTheSame() {
        Commit parsed = Commit.parse(COMMIT.block());

        assertThat(parsed).isEqualTo(COMMIT).hasSameHashCodeAs(COMMIT);
        assertThat(parsed.sig()).isEqualTo(COMMIT.sig());
        assertThat(parsed.unsigned()).isEqualTo(COMMIT.unsigned());
        assertThat(Commit.sign(DID, COMMIT.cid(), REV, KEY)).isNotEqualTo(COMMIT);
    }

    @Test
    void unknownFieldsAndPrev_areKept() {
        LexMap extended =
                fields().put("prev", COMMIT.cid()).put("extra", "kept").build();

        Commit parsed = Commit.parse(extended.toCbor());

        assertThat(parsed.prev()).isEqualTo(COMMIT.cid());
        assertThat(parsed.block()).isEqualTo(extended.toCbor());
        assertThat(((LexMap) LexValue.parseCbor(parsed.unsigned())).getString("extra"))
                .isEqualTo("kept");
    }

    @Test
    void invalidCommit_isRejectedWithItsField() {
        rejects(fields().put("version", 2).build(), "commit: unsupported version (got 2): only version 3 is supported");
        rejects(fields().remove("did").build(), "commit: did is missing or not a string");
        rejects(fields().put("rev", 1).build(), "commit: rev is missing or not a string");
        rejects(fields().remove("data").build(), "commit: data is missing or not a link");
        rejects(fields().put("sig", "text").build(), "commit: sig is missing or not bytes");
        rejects(fields().put("prev", "text").build(), "commit: prev is neither a link nor null");
        rejects(LexValue.of(1), "commit: not a map");
        assertThatThrownBy(
                        () -> Commit.parse(fields().put("did", "did:x").build().toCbor()))
                .isInstanceOf(RepoException.class)
                .hasMessageStartingWith("commit: ")
                .hasMessageContaining("did:x");
        assertThatThrownBy(() -> Commit.parse(new byte[] {1, 2}))
                .isInstanceOf(RepoException.class)
                .hasMessageStartingWith("commit: ");
        assertThat(Commit.parse(fields().put("sig", Bytes.of(new byte[1]))
                                .build()
                                .toCbor())
                        .sig()
                        .size())
                .isEqualTo(1);
    }
}
