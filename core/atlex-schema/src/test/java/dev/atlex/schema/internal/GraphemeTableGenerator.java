package dev.atlex.schema.internal;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.GraphemeClusterBreak;
import com.ibm.icu.lang.UCharacter.IndicConjunctBreak;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.util.VersionInfo;
import java.nio.file.Path;

/** Generates {@code GraphemeTable.java} from the Unicode properties of ICU4J. */
final class GraphemeTableGenerator {
    /** The path of the table, relative to the module's folder, which is the working directory of tests. */
    static final Path FILE = Path.of("src/main/java/dev/atlex/schema/internal/GraphemeTable.java");

    private static final int LINE = 100;

    private static final IndicConjunctBreak[] CONJUNCTS = IndicConjunctBreak.values();

    private GraphemeTableGenerator() {}

    /**
     * Returns the class of a code point according to ICU4J.
     *
     * @throws IllegalStateException if a newer Unicode version combines the properties in a way for which there is no
     *     class yet
     */
    static int classOf(int codePoint) {
        int cluster = UCharacter.getIntPropertyValue(codePoint, UProperty.GRAPHEME_CLUSTER_BREAK);
        IndicConjunctBreak conjunct =
                CONJUNCTS[UCharacter.getIntPropertyValue(codePoint, UProperty.INDIC_CONJUNCT_BREAK)];
        boolean pictograph = UCharacter.hasBinaryProperty(codePoint, UProperty.EXTENDED_PICTOGRAPHIC);
        if (pictograph && (cluster != GraphemeClusterBreak.OTHER || conjunct != IndicConjunctBreak.NONE)) {
            throw unknown(codePoint);
        }
        return switch (conjunct) {
            case NONE ->
                switch (cluster) {
                    case GraphemeClusterBreak.OTHER -> pictograph ? GraphemeClass.PICTOGRAPH : GraphemeClass.OTHER;
                    case GraphemeClusterBreak.CR -> GraphemeClass.CR;
                    case GraphemeClusterBreak.LF -> GraphemeClass.LF;
                    case GraphemeClusterBreak.CONTROL -> GraphemeClass.CONTROL;
                    case GraphemeClusterBreak.PREPEND -> GraphemeClass.PREPEND;
                    case GraphemeClusterBreak.REGIONAL_INDICATOR -> GraphemeClass.REGIONAL_INDICATOR;
                    case GraphemeClusterBreak.L -> GraphemeClass.HANGUL_L;
                    case GraphemeClusterBreak.V -> GraphemeClass.HANGUL_V;
                    case GraphemeClusterBreak.T -> GraphemeClass.HANGUL_T;
                    case GraphemeClusterBreak.LV -> GraphemeClass.HANGUL_LV;
                    case GraphemeClusterBreak.LVT -> GraphemeClass.HANGUL_LVT;
                    case GraphemeClusterBreak.SPACING_MARK -> GraphemeClass.SPACING_MARK;
                    case GraphemeClusterBreak.EXTEND -> GraphemeClass.EXTEND_UNLINKED;
                    default -> throw unknown(codePoint);
                };
            case CONSONANT -> {
                if (cluster != GraphemeClusterBreak.OTHER) {
                    throw unknown(codePoint);
                }
                yield GraphemeClass.CONSONANT;
            }
            case LINKER ->
                switch (cluster) {
                    case GraphemeClusterBreak.OTHER -> GraphemeClass.LINKER;
                    case GraphemeClusterBreak.EXTEND -> GraphemeClass.EXTEND_LINKER;
                    default -> throw unknown(codePoint);
                };
            case EXTEND ->
                switch (cluster) {
                    case GraphemeClusterBreak.EXTEND -> GraphemeClass.EXTEND;
                    case GraphemeClusterBreak.ZWJ -> GraphemeClass.ZWJ;
                    default -> throw unknown(codePoint);
                };
        };
    }

    private static IllegalStateException unknown(int codePoint) {
        return new IllegalStateException(String.format(
                "U+%04X has a new combination of properties: add a class to GraphemeClass, and its rule to Graphemes",
                codePoint));
    }

    /** Returns the content for the Java file. */
    static String source() {
        VersionInfo icu = VersionInfo.ICU_VERSION;
        VersionInfo unicode = UCharacter.getUnicodeVersion();
        return """
                package dev.atlex.schema.internal;

                /**
                 * The grapheme classes of Unicode %s, from ICU4J %s. This file is generated. A test fails if it is out
                 * of date, and rewrites it if run with {@code -Drecreate=true}.
                 */
                final class GraphemeTable {
                    private GraphemeTable() {}

                    /**
                     * Returns the classes of all code points in order, as runs. A run is its length in lowercase base
                     * 36, omitted if 1, and its class as an uppercase letter, A for 0. Line feeds are ignored.
                     */
                    static String runs() {
                        return \"""
                %s                \""";
                    }
                }
                """.formatted(version(unicode), version(icu), lines(runs(), "                "));
    }

    private static String version(VersionInfo version) {
        return version.getMajor() + "." + version.getMinor();
    }

    private static String runs() {
        StringBuilder runs = new StringBuilder();
        int start = 0;
        for (int i = 1; i <= Character.MAX_CODE_POINT + 1; i++) {
            if (i > Character.MAX_CODE_POINT || entry(i) != entry(start)) {
                if (i - start > 1) {
                    runs.append(Integer.toString(i - start, 36));
                }
                runs.append((char) ('A' + entry(start)));
                start = i;
            }
        }
        return runs.toString();
    }

    /**
     * Returns the table's entry. All Hangul syllables have the same one, because {@link GraphemeClass#of} distinguishes
     * them.
     */
    private static int entry(int codePoint) {
        int value = classOf(codePoint);
        return value == GraphemeClass.HANGUL_LV ? GraphemeClass.HANGUL_LVT : value;
    }

    private static String lines(String text, String indent) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < text.length(); i += LINE) {
            lines.append(indent)
                    .append(text, i, Math.min(i + LINE, text.length()))
                    .append('\n');
        }
        return lines.toString();
    }
}
