package dev.atlex.testkit.internal.appview;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds posts that start a thread, or continue their author's own thread without posts by others in between.
 *
 * <p>Results are cached, so a long thread is traversed only once.
 */
final class SelfThreads {
    private final RecordIndex index;
    private final Map<String, Boolean> known = new HashMap<>();

    SelfThreads(RecordIndex index) {
        this.index = index;
    }

    boolean contain(IndexedRecord post) {
        List<String> walked = new ArrayList<>();
        Set<String> cycle = new HashSet<>();
        IndexedRecord current = post;
        Boolean result = null;
        while (result == null) {
            if (current == null || !current.did().equals(post.did()) || !cycle.add(current.uri())) {
                result = false;
            } else {
                result = known.get(current.uri());
                String parent = Refs.parent(current.value());
                if (result == null && parent == null) {
                    result = true;
                }
                walked.add(current.uri());
                current = parent == null ? null : index.get(parent);
            }
        }
        for (String uri : walked) {
            known.put(uri, result);
        }
        return result;
    }
}
