package dev.atlex.cli.stream;

import com.atproto.label.SubscribeLabels;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.streams.AccountEvent;
import dev.atlex.streams.CommitEvent;
import dev.atlex.streams.IdentityEvent;
import dev.atlex.streams.OtherEvent;
import dev.atlex.streams.RecordOperation;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.StreamMessage;
import dev.atlex.streams.SyncEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Converts events to the JSON that the command prints. */
final class EventJson {
    private final Consumer<String> warnings;

    EventJson(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    LexMap of(RepoEvent event) {
        LexMap.Builder json = LexMap.builder().put("seq", event.sequence());
        if (event instanceof CommitEvent commit) {
            common(json, "commit", event).put("rev", commit.rev().toString());
            if (commit.tooBig()) {
                json.put("tooBig", true);
            }
            return json.put("ops", operations(commit)).build();
        } else if (event instanceof IdentityEvent identity) {
            common(json, "identity", event);
            return identity.handle() == null
                    ? json.build()
                    : json.put("handle", identity.handle().toString()).build();
        } else if (event instanceof AccountEvent account) {
            common(json, "account", event).put("active", account.active());
            return account.status() == null
                    ? json.build()
                    : json.put("status", account.status()).build();
        } else if (event instanceof SyncEvent sync) {
            return common(json, "sync", event).put("rev", sync.rev()).build();
        }
        OtherEvent other = (OtherEvent) event;
        return common(json, kind(other.type()), event)
                .put("value", other.value())
                .build();
    }

    private static LexMap.Builder common(LexMap.Builder json, String kind, RepoEvent event) {
        json.put("kind", kind);
        if (event.did() != null) {
            json.put("did", event.did().toString());
        }
        return event.time() == null ? json : json.put("time", event.time().toString());
    }

    /** Returns the part of a type after the hash sign. */
    private static String kind(String type) {
        return type.substring(type.indexOf('#') + 1);
    }

    private LexArray operations(CommitEvent commit) {
        List<LexValue> operations = new ArrayList<>();
        for (RecordOperation operation : commit.operations()) {
            LexMap.Builder json = LexMap.builder()
                    .put("action", operation.action())
                    .put("uri", operation.uri().toString());
            if (operation.cid() != null) {
                json.put("cid", operation.cid().toString());
            }
            try {
                LexMap record = operation.record();
                if (record != null) {
                    json.put("record", record);
                }
            } catch (LexException e) {
                warnings.accept("record left out: " + operation.uri() + ": " + e.getMessage());
            }
            operations.add(json.build());
        }
        return LexArray.copyOf(operations);
    }

    static LexMap ofLabels(StreamMessage<SubscribeLabels.Message> event) {
        LexMap message = (LexMap) SubscribeLabels.Message.CODEC.toValue(event.message());
        String type = message.type();
        LexMap.Builder json = LexMap.builder();
        if (event.sequence().isPresent()) {
            json.put("seq", event.sequence().getAsLong());
        }
        json.put("kind", type == null ? "unknown" : kind(type));
        message.forEach((name, value) -> {
            if (!name.equals("$type") && !name.equals("seq")) {
                json.put(name, value);
            }
        });
        return json.build();
    }
}
