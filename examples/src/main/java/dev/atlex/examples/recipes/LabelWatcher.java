package dev.atlex.examples.recipes;

import com.atproto.label.LabelDefs.Label;
import com.atproto.label.SubscribeLabels.Message;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.EventStream;
import dev.atlex.streams.Labels;
import dev.atlex.streams.StreamMessage;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** Reports each label that a moderation service puts on an account or its records, and each that it removes. */
public final class LabelWatcher {
    private LabelWatcher() {}

    /** Arguments: the DID of the account. */
    public static void main(String[] args) {
        CursorStore cursors = CursorStore.file(Path.of("cursors"));
        try (var labels = connect("wss://mod.bsky.app", cursors)) {
            watch(labels, Did.of(args[0]), (label, removed) -> System.out.println(describe(label, removed)));
        }
    }

    static EventStream<StreamMessage<Message>> connect(String service, CursorStore cursors) {
        return Labels.connect(l -> l.service(service).cursor(cursors).consumer("label-watcher"));
    }

    /** Handles labels until the stream is closed. */
    static void watch(EventStream<StreamMessage<Message>> stream, Did did, BiConsumer<Label, Boolean> onLabel) {
        stream.forEach(event -> {
            if (event.message() instanceof Message.Labels message) {
                message.value().labels().stream()
                        .filter(label -> concerns(label, did))
                        .forEach(label -> onLabel.accept(label, Boolean.TRUE.equals(label.neg())));
            }
        });
    }

    /** The subject of a label is a DID, or the URI of a record. */
    static boolean concerns(Label label, Did did) {
        return label.uri().equals(did.toString()) || label.uri().startsWith("at://" + did + "/");
    }

    static String describe(Label label, boolean removed) {
        return (removed ? "Removed: " : "Added: ") + label.val() + " on " + label.uri();
    }
}
