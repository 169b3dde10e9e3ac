package dev.atlex.codegen.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.Nsid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of a jar of generated types, stored as {@value #PATH} next to the documents.
 *
 * @param packagePrefix the package prefix, or an empty string
 * @param module the Java module of the types, or null if unknown
 * @param nsids the documents whose types are in the jar
 */
record LexiconIndex(String packagePrefix, @Nullable String module, List<String> nsids) {
    static final String PATH = "META-INF/atlex/lexicons.json";
    static final String DOCUMENTS = "META-INF/atlex/lexicons";

    private static final long VERSION = 1;

    /** Returns the path of a document, relative to the root of the jar. */
    static String path(String nsid) {
        return DOCUMENTS + "/" + nsid.replace('.', '/') + ".json";
    }

    String toJson() {
        LexMap.Builder json = LexMap.builder().put("version", VERSION).put("packagePrefix", packagePrefix);
        if (module != null) {
            json.put("module", module);
        }
        return json.put("lexicons", LexValue.of(nsids.stream().map(LexValue::of).toList()))
                        .build()
                        .toJson() + "\n";
    }

    /**
     * Parses an index.
     *
     * @throws LexDataException if the bytes aren't an index of this version
     */
    static LexiconIndex parse(byte[] bytes) {
        if (!(LexValue.parseJson(bytes, ReadOptions.STRICT) instanceof LexMap json)) {
            throw new LexDataException("$", "expected an object");
        }
        Long version = json.getInteger("version");
        if (version == null || version != VERSION) {
            throw new LexDataException(
                    "$.version",
                    "expected version " + VERSION + " (got " + version + "); newer versions require a newer Atlex");
        }
        LexArray lexicons = json.getArray("lexicons");
        if (lexicons == null) {
            throw new LexDataException("$.lexicons", "expected an array");
        }
        List<String> nsids = new ArrayList<>();
        for (LexValue element : lexicons) {
            // Validated because it becomes part of a path.
            if (!(element instanceof LexString nsid) || !Nsid.isValid(nsid.value())) {
                throw new LexDataException("$.lexicons[" + nsids.size() + "]", "expected an NSID");
            }
            nsids.add(nsid.value());
        }
        String prefix = json.getString("packagePrefix");
        return new LexiconIndex(prefix == null ? "" : prefix, json.getString("module"), List.copyOf(nsids));
    }
}
