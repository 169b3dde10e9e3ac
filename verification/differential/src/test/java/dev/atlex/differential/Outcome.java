package dev.atlex.differential;

import dev.atlex.data.Cid;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of evaluating a test case.
 *
 * @param cbor the encoded value, or null if it is invalid or can't be encoded
 * @param rule the violated rule, as named by the implementation
 * @param path the path to the violation as names and positions, or null if unknown
 */
record Outcome(
        boolean valid,
        byte @Nullable [] cbor,
        @Nullable String cid,
        String rule,
        @Nullable List<Object> path,
        String message) {

    static Outcome valid(byte[] cbor) {
        return new Outcome(true, cbor, Cid.ofDagCbor(cbor).toString(), "", null, "");
    }

    static Outcome withoutBytes(String message) {
        return new Outcome(true, null, null, "encode", null, message);
    }

    static Outcome invalid(LexValidationException e) {
        return new Outcome(false, null, null, e.rule(), Paths.parse(e.path()), e.getMessage());
    }

    static Outcome invalid(LexDataException e) {
        return new Outcome(false, null, null, "data", Paths.parse(e.path()), e.getMessage());
    }

    /** Returns whether both agree about the value, even if for different reasons. */
    boolean agreesWith(Outcome other) {
        return valid == other.valid && Arrays.equals(cbor, other.cbor) && java.util.Objects.equals(cid, other.cid);
    }

    private static String hex(byte[] cbor) {
        String hex = HexFormat.of().formatHex(cbor);
        return hex.length() > 120 ? hex.substring(0, 120) + "…" : hex;
    }

    @Override
    public String toString() {
        return valid
                ? "valid, " + (cbor == null ? message : cid + " " + hex(cbor))
                : "invalid (" + rule + "): " + message;
    }
}
