package dev.atlex.installer;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The requested documents and their pinned versions. It has the same format as the {@code lexicons.json} of the
 * TypeScript package.
 *
 * @param lexicons the requested documents
 * @param resolutions the source and version of each requested document, and of all documents they refer to
 */
public record LexiconManifest(SortedSet<Nsid> lexicons, SortedMap<Nsid, Resolution> resolutions) {
    /** The empty manifest. */
    public static final LexiconManifest EMPTY = new LexiconManifest(new TreeSet<>(), new TreeMap<>());

    private static final long VERSION = 1;

    /**
     * A pinned document.
     *
     * @param uri the address of the document's record
     * @param cid the CID of the record
     */
    public record Resolution(AtUri uri, Cid cid) {}

    /** Copies the collections. */
    public LexiconManifest {
        lexicons = Collections.unmodifiableSortedSet(new TreeSet<>(lexicons));
        resolutions = Collections.unmodifiableSortedMap(new TreeMap<>(resolutions));
    }

    /**
     * Parses a manifest.
     *
     * @throws LexDataException if the bytes aren't a manifest of version 1
     */
    public static LexiconManifest parse(byte[] bytes) {
        LexMap json = map(LexValue.parseJson(bytes, ReadOptions.STRICT), "$");
        Long version = json.getInteger("version");
        if (version == null || version != VERSION) {
            throw new LexDataException("$.version", "expected version " + VERSION + " (got " + version + ")");
        }
        LexArray requested = json.getArray("lexicons");
        if (requested == null) {
            throw new LexDataException("$.lexicons", "expected an array");
        }
        SortedSet<Nsid> lexicons = new TreeSet<>();
        for (LexValue element : requested) {
            String path = "$.lexicons[" + lexicons.size() + "]";
            lexicons.add(nsid(element instanceof LexString string ? string.value() : null, path));
        }
        SortedMap<Nsid, Resolution> resolutions = new TreeMap<>();
        for (Map.Entry<String, LexValue> entry :
                map(json.get("resolutions"), "$.resolutions").entrySet()) {
            String path = "$.resolutions[\"" + entry.getKey() + "\"]";
            resolutions.put(nsid(entry.getKey(), path), resolution(map(entry.getValue(), path), path));
        }
        return new LexiconManifest(lexicons, resolutions);
    }

    private static Resolution resolution(LexMap json, String path) {
        String uri = json.getString("uri");
        if (uri == null || !AtUri.isValid(uri)) {
            throw new LexDataException(path + ".uri", "expected an AT URI");
        }
        String cid = json.getString("cid");
        if (cid == null || !Cid.isValid(cid)) {
            throw new LexDataException(path + ".cid", "expected a CID");
        }
        return new Resolution(AtUri.of(uri), Cid.of(cid));
    }

    private static Nsid nsid(@Nullable String text, String path) {
        if (text == null || !Nsid.isValid(text)) {
            throw new LexDataException(path, "expected an NSID");
        }
        return Nsid.of(text);
    }

    private static LexMap map(@Nullable LexValue value, String path) {
        if (value instanceof LexMap map) {
            return map;
        }
        throw new LexDataException(path, "expected an object");
    }

    /** Returns the manifest as JSON, sorted by NSID. */
    public String toJson() {
        LexMap.Builder pins = LexMap.builder();
        resolutions.forEach((nsid, pin) -> pins.put(
                nsid.toString(),
                LexMap.builder()
                        .put("uri", pin.uri().toString())
                        .put("cid", pin.cid().toString())
                        .build()));
        return PrettyJson.of(LexMap.builder()
                .put("version", VERSION)
                .put(
                        "lexicons",
                        LexValue.of(lexicons.stream()
                                .map(nsid -> LexValue.of(nsid.toString()))
                                .toList()))
                .put("resolutions", pins.build())
                .build());
    }
}
