package dev.atlex.schema.internal.codec;

import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import dev.atlex.data.Kind;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.generated.BlobRule;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the codecs for the types that aren't generated: identifiers and values in the data model. */
public final class ValueCodecs {
    /**
     * A codec that reads both links and strings. A link is a value in the data model, but next to a URI, the protocol
     * writes a CID as a string.
     */
    private static final Codec<Cid> CID = new Codec<>() {
        @Override
        public Cid read(LexReader reader) {
            return reader.kind() == Kind.STRING ? Codecs.CID.read(reader) : Codecs.LINK.read(reader);
        }

        @Override
        public void write(LexWriter writer, Cid value) {
            Codecs.LINK.write(writer, value);
        }
    };

    private static final Map<Class<?>, Codec<?>> IDENTIFIERS = Map.of(
            AtIdentifier.class, Codecs.AT_IDENTIFIER,
            AtUri.class, Codecs.AT_URI,
            Datetime.class, Codecs.DATETIME,
            Did.class, Codecs.DID,
            Handle.class, Codecs.HANDLE,
            LanguageTag.class, Codecs.LANGUAGE,
            Nsid.class, Codecs.NSID,
            RecordKey.class, Codecs.RECORD_KEY,
            Tid.class, Codecs.TID);

    private ValueCodecs() {}

    /** Returns the codec for an identifier, an untyped value or a blob reference, or null for any other type. */
    public static @Nullable Codec<?> of(Class<?> type) {
        Codec<?> key = ofKey(type);
        if (key != null) {
            return key;
        } else if (LexValue.class.isAssignableFrom(type)) {
            return Codecs.VALUE;
        }
        return type == BlobRef.class ? BlobRule.ANY : null;
    }

    /** Returns the codec for a map's keys, or null if the type isn't an identifier. */
    public static @Nullable Codec<?> ofKey(Class<?> type) {
        return type == Cid.class ? CID : IDENTIFIERS.get(type);
    }
}
