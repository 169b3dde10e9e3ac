package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The labels of accounts and records: those that tests set, and those that authors put on their own records. */
final class Labels {
    private static final String EPOCH = "1970-01-01T00:00:00.000Z";

    /** Labels set by the test, by subject and value. */
    private final Map<String, Map<String, LexMap>> set = new HashMap<>();

    void add(String subject, String source, String value, String createdAt) {
        set.computeIfAbsent(subject, s -> new LinkedHashMap<>())
                .put(
                        value,
                        Json.object()
                                .put("src", source)
                                .put("uri", subject)
                                .put("val", value)
                                .put("cts", createdAt)
                                .build());
    }

    /** Removes a label that {@link #add} set. Returns whether there was one. */
    boolean remove(String subject, String value) {
        return set.getOrDefault(subject, Map.of()).remove(value) != null;
    }

    /** Returns the labels set on an account or a record. */
    List<LexMap> of(String subject) {
        return new ArrayList<>(set.getOrDefault(subject, Map.of()).values());
    }

    /** Returns the labels set on a record, and those of its author. */
    List<LexMap> of(IndexedRecord record) {
        List<LexMap> labels = of(record.uri());
        LexMap own = record.value().getMap("labels");
        if (own == null || !"com.atproto.label.defs#selfLabels".equals(own.type())) {
            return labels;
        }
        String createdAt = record.value().getString("createdAt");
        for (LexMap label : Refs.maps(own.getArray("values"))) {
            labels.add(Json.object()
                    .put("src", record.did())
                    .put("uri", record.uri())
                    .put("cid", record.cid())
                    .put("val", label.getString("val"))
                    .put("cts", createdAt == null ? EPOCH : createdAt)
                    .build());
        }
        return labels;
    }

    void clear() {
        set.clear();
    }
}
