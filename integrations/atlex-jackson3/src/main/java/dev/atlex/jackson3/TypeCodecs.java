package dev.atlex.jackson3;

import dev.atlex.data.BlobRef;
import dev.atlex.data.Cid;
import dev.atlex.data.Kind;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
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
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the codec of a Java type. Generated types keep it in a constant, which is read through reflection, because
 * a mapper knows only the class and may encounter any type.
 */
final class TypeCodecs {
    /**
     * Reads both links and strings. A link is a value of the data model, but next to a URI, the protocol writes a CID
     * as a string.
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

    private TypeCodecs() {}

    /** Returns the codec of a type, or null if it isn't one of Atlex's types, or is abstract. */
    static @Nullable Codec<?> of(Class<?> type) {
        Codec<?> identifier = IDENTIFIERS.get(type);
        if (identifier != null) {
            return identifier;
        } else if (type == Cid.class) {
            return CID;
        } else if (LexValue.class.isAssignableFrom(type)) {
            return Codecs.VALUE;
        } else if (type == BlobRef.class) {
            return BlobRule.ANY;
        }
        // Unions are interfaces, and their variants are records that inherit the constant.
        boolean mayBeGenerated = LexObject.class.isAssignableFrom(type) || type.isInterface() || type.isRecord();
        return mayBeGenerated ? constant(type) : null;
    }

    /** Returns the codec of a map's keys, or null if the type isn't an identifier. */
    static @Nullable Codec<?> ofKey(Class<?> type) {
        return type == Cid.class ? CID : IDENTIFIERS.get(type);
    }

    private static @Nullable Codec<?> constant(Class<?> type) {
        try {
            Field field = type.getField("CODEC");
            boolean isCodec = Modifier.isStatic(field.getModifiers()) && Codec.class.isAssignableFrom(field.getType());
            return isCodec ? (Codec<?>) field.get(null) : null;
        } catch (NoSuchFieldException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    "AtlexModule: can't access " + type.getName() + ".CODEC; export its package from its module", e);
        }
    }
}
