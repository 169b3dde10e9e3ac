package dev.atlex.bluesky.internal.card;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Determines the charset of an HTML page from its byte order mark, the {@code Content-Type} header, or a {@code meta}
 * element. Without any of these, it is UTF-8 if the bytes are valid UTF-8, and windows-1252 if not.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding">HTML:
 *     determining the character encoding</a>
 */
final class HtmlCharset {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** The number of bytes to search for a {@code meta} element. Browsers search 1,024. */
    private static final int META_SEARCH = 8 << 10;

    /** Names that browsers treat as a superset charset, or that Java doesn't know. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("gb2312", "gbk"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("utf8", "utf-8"),
            Map.entry("utf-16", "utf-16le"),
            Map.entry("unicode-1-1-utf-8", "utf-8"));

    private static final Pattern PARAMETER =
            Pattern.compile("charset\\s*=\\s*[\"']?([^\"';\\s]+)", Pattern.CASE_INSENSITIVE);

    private HtmlCharset() {}

    /**
     * Decodes the beginning of a page. Invalid bytes become U+FFFD.
     *
     * @param length the number of bytes to decode
     * @param contentType the value of the {@code Content-Type} header, or null
     */
    static String decode(byte[] bytes, int length, @Nullable String contentType) {
        int mark = markLength(bytes, length);
        Charset charset = mark > 0 ? ofMark(bytes) : ofContent(bytes, length, contentType);
        return new String(bytes, mark, length - mark, charset);
    }

    private static int markLength(byte[] bytes, int length) {
        if (length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf) {
            return 3;
        }
        boolean utf16 = length >= 2
                && (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
                        || bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe);
        return utf16 ? 2 : 0;
    }

    private static Charset ofMark(byte[] bytes) {
        return switch (bytes[0]) {
            case (byte) 0xef -> StandardCharsets.UTF_8;
            case (byte) 0xfe -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_16LE;
        };
    }

    private static Charset ofContent(byte[] bytes, int length, @Nullable String contentType) {
        Charset declared = contentType == null ? null : named(parameter(contentType));
        if (declared == null) {
            Charset meta = ofMeta(bytes, length);
            // If the page were in UTF-16, its meta element couldn't have been read.
            declared = meta != null && meta.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : meta;
        }
        if (declared != null) {
            return declared;
        }
        return isUtf8(bytes, length) ? StandardCharsets.UTF_8 : WINDOWS_1252;
    }

    private static @Nullable Charset ofMeta(byte[] bytes, int length) {
        String start = new String(bytes, 0, Math.min(length, META_SEARCH), StandardCharsets.ISO_8859_1);
        for (HtmlHead.Element element : HtmlHead.scan(start).elements()) {
            if (!element.name().equals("meta")) {
                continue;
            }
            String name = element.get("charset");
            String content = element.get("content");
            if (name == null && content != null && "content-type".equalsIgnoreCase(element.get("http-equiv"))) {
                name = parameter(content);
            }
            Charset charset = named(name);
            if (charset != null) {
                return charset;
            }
        }
        return null;
    }

    /** Returns the charset in {@code text/html; charset=utf-8}, or null. */
    private static @Nullable String parameter(String mediaType) {
        Matcher parameter = PARAMETER.matcher(mediaType);
        return parameter.find() ? parameter.group(1) : null;
    }

    private static @Nullable Charset named(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String label = name.strip().toLowerCase(Locale.ROOT);
        try {
            return Charset.forName(ALIASES.getOrDefault(label, label));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static boolean isUtf8(byte[] bytes, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(4096);
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        while (true) {
            // The bytes may end within a character, so never pass endOfInput as true.
            CoderResult result = decoder.decode(in, out, false);
            if (!result.isOverflow()) {
                return !result.isError();
            }
            out.clear();
        }
    }
}
