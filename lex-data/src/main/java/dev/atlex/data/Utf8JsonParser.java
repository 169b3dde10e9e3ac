package dev.atlex.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * Jackson's parser, but for the making of strings: all of the input is there, so a string without escapes is copied once,
 * from its bytes, instead of being decoded character by character first. Most of the time of decoding is spent on strings.
 */
final class Utf8JsonParser extends UTF8StreamJsonParser {
    /** Of eight bytes, the highest bit of each. */
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final long ONES = 0x0101010101010101L;
    private static final java.lang.invoke.VarHandle LONGS =
            java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);

    private Utf8JsonParser(
            ObjectReadContext context,
            IOContext io,
            int streamFeatures,
            int formatFeatures,
            ByteQuadsCanonicalizer symbols,
            byte[] input,
            int start,
            int end,
            int skipped) {
        super(context, io, streamFeatures, formatFeatures, null, symbols, input, start, end, skipped, false);
    }

    /** Makes these parsers. */
    static final class Factory extends JsonFactory {
        private static final long serialVersionUID = 1L;

        private Factory(JsonFactoryBuilder builder) {
            super(builder);
        }

        static JsonFactory of(int maxDepth) {
            return new Factory(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(maxDepth)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build()));
        }

        /** Without Jackson's guess of the encoding: JSON on the network is in UTF-8. */
        @Override
        protected JsonParser _createParser(
                ObjectReadContext context, IOContext io, byte[] data, int offset, int length) {
            int mark = startsWithMark(data, offset, length) ? 3 : 0;
            return new Utf8JsonParser(
                    context,
                    io,
                    context.getStreamReadFeatures(_streamReadFeatures),
                    context.getFormatReadFeatures(_formatReadFeatures),
                    _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures),
                    data,
                    offset + mark,
                    offset + length,
                    mark);
        }

        private static boolean startsWithMark(byte[] data, int offset, int length) {
            return length > 2
                    && data[offset] == (byte) 0xef
                    && data[offset + 1] == (byte) 0xbb
                    && data[offset + 2] == (byte) 0xbf;
        }
    }

    @Override
    protected String _finishAndReturnString() {
        byte[] in = _inputBuffer;
        int start = _inputPtr;
        int end = plainEnd(in, start, _inputEnd);
        if (end < 0) {
            return super._finishAndReturnString();
        }
        String text = new String(in, start, end - start, ISO_8859_1);
        _textBuffer.resetWithString(text);
        _inputPtr = end + 1;
        return text;
    }

    /** Where the quote is that ends a string of nothing but ASCII without escapes, or -1 if that is not what is there. */
    private static int plainEnd(byte[] in, int start, int limit) {
        int at = start;
        for (; at + 8 <= limit; at += 8) {
            long eight = (long) LONGS.get(in, at);
            // Each byte's highest bit: set where it is a quote, a backslash, a control character or not ASCII.
            long quotes = zeroes(eight ^ 0x2222222222222222L);
            long others = zeroes(eight ^ 0x5c5c5c5c5c5c5c5cL) | (eight - 0x2020202020202020L & ~eight) | eight;
            long found = (quotes | others) & HIGH_BITS;
            if (found != 0) {
                int first = Long.numberOfTrailingZeros(found) >> 3;
                return in[at + first] == '"' ? at + first : -1;
            }
        }
        for (; at < limit; at++) {
            byte b = in[at];
            if (b == '"') {
                return at;
            } else if (b < ' ' || b == '\\') {
                return -1;
            }
        }
        return -1;
    }

    /** The highest bit of each byte that is zero; those of bytes after the first one may be wrong. */
    private static long zeroes(long bytes) {
        return bytes - ONES & ~bytes & HIGH_BITS;
    }
}
