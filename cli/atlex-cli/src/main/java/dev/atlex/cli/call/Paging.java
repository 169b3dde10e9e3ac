package dev.atlex.cli.call;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.client.DynamicClient;
import dev.atlex.client.Pages;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.LexiconDocuments;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Controls whether a call follows the cursor, and how far.
 *
 * @param all whether all pages are read
 * @param limit the maximum number of items to print, or 0 for all
 */
record Paging(boolean all, long limit) {
    private static final String CURSOR = "cursor";

    /**
     * Prints the pages as soon as they arrive, each as one line of JSON.
     *
     * @throws Failure if the method has no cursor, or has no single list to limit
     */
    void print(
            CommandContext context,
            DynamicClient methods,
            String nsid,
            LexMap parameters,
            LexiconDocuments documents,
            @Nullable Body output) {
        String list = limit == 0 ? "" : list(nsid, documents, output);
        long left = limit;
        String before = null;
        LexMap last = LexMap.of();
        for (LexMap page : pages(methods, nsid, parameters)) {
            LexArray items = page.getArray(list);
            boolean full = limit > 0 && items != null && items.size() >= left;
            context.show(full ? cut(page, list, left) : page);
            // If the program that reads stdout has exited, as head does, stop reading pages.
            context.checkOutput();
            if (full) {
                return;
            }
            left -= items == null ? 0 : items.size();
            before = last.getString(CURSOR);
            last = page;
        }
        String cursor = last.getString(CURSOR);
        // Some servers return the cursor of the last page again. Any other remaining cursor means that the list is
        // incomplete.
        if (cursor != null && !cursor.isEmpty() && !cursor.equals(before)) {
            context.warn("Incomplete: stopped at a cursor that repeats or leads to empty pages");
        }
    }

    private static Pages<LexMap> pages(DynamicClient methods, String nsid, LexMap parameters) {
        try {
            return methods.pages(nsid, parameters);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--paginate: " + e.getMessage());
        }
    }

    /** Returns the name of the only array in the output. */
    private static String list(String nsid, LexiconDocuments documents, @Nullable Body output) {
        Definition schema = output == null ? null : output.schema();
        Definition found = schema instanceof RefDef ref ? documents.resolve(ref.ref()) : schema;
        List<String> arrays = found instanceof ObjectDef object
                ? object.properties().entrySet().stream()
                        .filter(property -> property.getValue() instanceof ArrayDef)
                        .map(Map.Entry::getKey)
                        .toList()
                : List.of();
        if (arrays.size() != 1) {
            throw Failure.usage("--limit: the output of " + nsid + " doesn't have exactly one list");
        }
        return arrays.get(0);
    }

    private static LexMap cut(LexMap page, String list, long left) {
        LexArray items = page.getArray(list);
        return items == null
                ? page
                : page.toBuilder()
                        .put(list, LexArray.copyOf(items.subList(0, (int) left)))
                        .build();
    }
}
