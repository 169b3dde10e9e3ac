package dev.atlex.schema.runtime;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LexObject} backed by a map: the parameters or the input of a method that was compiled at run time. Its
 * {@linkplain #field(String) fields} are {@link LexValue}s.
 */
public final class UntypedObject extends LexObject implements Buildable<UntypedObject, UntypedObject.Builder> {
    private final UntypedCodec codec;
    private final LexMap map;

    UntypedObject(UntypedCodec codec, LexMap map) {
        super(map);
        this.codec = codec;
        this.map = map;
    }

    /** Returns an object with these fields and no schema. */
    public static UntypedObject of(LexMap map) {
        return new UntypedObject(UntypedCodec.ANY, map);
    }

    /** Returns all fields as a map. */
    public LexMap map() {
        return map;
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return codec;
    }

    @Override
    protected @Nullable Object[] fieldValues() {
        return codec.values(map);
    }

    /** Builds an {@link UntypedObject}. Set every field with {@link #unknownField}. */
    public static final class Builder extends ObjectBuilder<UntypedObject, Builder> {
        private final UntypedCodec codec;

        Builder(UntypedCodec codec) {
            this.codec = codec;
        }

        private Builder(UntypedObject from) {
            super(from);
            this.codec = from.codec;
        }

        /** Builds the object. Required fields aren't checked. */
        @Override
        public UntypedObject build() {
            LexMap map = extra();
            return new UntypedObject(codec, map == null ? LexMap.of() : map);
        }
    }
}
