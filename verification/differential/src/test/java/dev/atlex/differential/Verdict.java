package dev.atlex.differential;

import dev.atlex.data.Cid;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer.
 *
 * @param cbor the value's bytes, or null where it is invalid or has none
 * @param rule what is broken, in the words of whoever answers
 * @param path where, as names and positions; null where that is not said
 */
record Verdict(
        boolean valid,
        byte @Nullable [] cbor,
        @Nullable String cid,
        String rule,
        @Nullable List<Object> path,
        String message) {

    static Verdict valid(byte[] cbor) {
        return new Verdict(true, cbor, Cid.ofDagCbor(cbor).toString(), "", null, "");
    }

    static Verdict withoutBytes(String message) {
        return new Verdict(true, null, null, "encode", null, message);
    }

    static Verdict invalid(LexValidationException e) {
        return new Verdict(false, null, null, e.rule(), Paths.parse(e.path()), e.getMessage());
    }

    static Verdict invalid(LexDataException e) {
        return new Verdict(false, null, null, "data", Paths.parse(e.path()), e.getMessage());
    }

    /** Whether both say the same of the value, whatever their reasons. */
    boolean agreesWith(Verdict other) {
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
