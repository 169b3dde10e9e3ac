package dev.atlex.conformance;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.RecordValidator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Validates the record types that the reference PDS knows, with the schemas of this project. */
final class KnownRecords implements RecordValidator {
    private final Map<Nsid, RecordType<?, ?>> types = Stream.<RecordType<?, ?>>of(
                    app.bsky.actor.Profile.RECORD,
                    app.bsky.actor.Status.RECORD,
                    app.bsky.feed.Generator.RECORD,
                    app.bsky.feed.Like.RECORD,
                    app.bsky.feed.Post.RECORD,
                    app.bsky.feed.Postgate.RECORD,
                    app.bsky.feed.Repost.RECORD,
                    app.bsky.feed.Threadgate.RECORD,
                    app.bsky.graph.Block.RECORD,
                    app.bsky.graph.Follow.RECORD,
                    app.bsky.graph.List.RECORD,
                    app.bsky.graph.Listblock.RECORD,
                    app.bsky.graph.Listitem.RECORD,
                    app.bsky.graph.Starterpack.RECORD,
                    app.bsky.graph.Verification.RECORD,
                    app.bsky.labeler.Service.RECORD,
                    app.bsky.notification.Declaration.RECORD,
                    chat.bsky.actor.Declaration.RECORD,
                    com.atproto.lexicon.Schema.RECORD,
                    com.germnetwork.Declaration.RECORD)
            .collect(Collectors.toMap(RecordType::collection, Function.identity()));

    @Override
    public boolean validate(String collection, String recordKey, LexMap record) {
        RecordType<?, ?> type = types.get(Nsid.of(collection));
        if (type == null) {
            return false;
        }
        if (!type.acceptsKey(RecordKey.of(recordKey))) {
            throw new LexValidationException(
                    "$.rkey", "rkey", "record key of type " + type.key(), "\"" + recordKey + "\"");
        }
        type.from(record);
        return true;
    }
}
