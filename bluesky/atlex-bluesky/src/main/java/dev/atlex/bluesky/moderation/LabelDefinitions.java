package dev.atlex.bluesky.moderation;

import app.bsky.labeler.LabelerDefs.LabelerViewDetailed;
import com.atproto.label.LabelDefs.LabelValueDefinition;
import dev.atlex.syntax.Did;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The label values that labelers define for themselves. Immutable. */
public final class LabelDefinitions {
    /** Definitions from no labelers: all labels have their built-in meanings. */
    public static final LabelDefinitions NONE = new LabelDefinitions(Map.of());

    private final Map<Did, Map<String, LabelDefinition>> definitions;

    private LabelDefinitions(Map<Did, Map<String, LabelDefinition>> definitions) {
        this.definitions = definitions;
    }

    /**
     * Returns the definitions in the policies of labelers. If a labeler defines a value twice, the first definition is
     * used.
     *
     * @param labelers the output of {@code app.bsky.labeler.getServices} with {@code detailed}
     */
    public static LabelDefinitions of(Collection<LabelerViewDetailed> labelers) {
        Map<Did, Map<String, LabelDefinition>> all = new HashMap<>();
        for (LabelerViewDetailed labeler : labelers) {
            Did did = labeler.creator().did();
            Map<String, LabelDefinition> own = all.computeIfAbsent(did, d -> new HashMap<>());
            List<LabelValueDefinition> published = labeler.policies().labelValueDefinitions();
            if (published != null) {
                published.forEach(one -> own.putIfAbsent(one.identifier(), LabelDefinition.of(one, did)));
            }
        }
        return new LabelDefinitions(all);
    }

    /** Returns the values that a labeler defines, in no particular order. */
    public Collection<LabelDefinition> definedBy(Did labeler) {
        return Collections.unmodifiableCollection(
                definitions.getOrDefault(labeler, Map.of()).values());
    }

    /**
     * Returns the definition that applies to a label: the labeler's own one or else the built-in one. Returns null if
     * the value is unknown. Labelers can't redefine values that begin with an exclamation mark.
     *
     * @param labeler the source of the label
     * @param value the label value, such as {@code porn}
     */
    public @Nullable LabelDefinition find(Did labeler, String value) {
        LabelDefinition own =
                isCustom(value) ? definitions.getOrDefault(labeler, Map.of()).get(value) : null;
        return own == null ? BuiltInLabels.find(value) : own;
    }

    private static boolean isCustom(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c == '-' || c >= 'a' && c <= 'z');
    }

    @Override
    public String toString() {
        return "LabelDefinitions[labelers=" + definitions.keySet() + "]";
    }
}
